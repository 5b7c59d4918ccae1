-- Covers [$3, $4), which holds no block: the one behind it names $5 ($6) as its parent.
select indexer.cover($1, $2, $3::bigint, $4::bigint - 1, $5::bigint, $6, $5::bigint, $6, 0, 0)
