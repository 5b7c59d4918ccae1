-- Covers [$3, $4), which holds no block: the one behind it names $5 ($6), as its parent, which is the
-- $7th of the chain unless that is empty.
select indexer.cover_absent($1, $2, $3::bigint, $4::bigint - 1, $5::bigint, $6, nullif($7, '')::bigint)
