-- The keys of the rows of a table that a content has in [$5, $6).
select key from indexer.member_keys($1, $2, $3, $4, $5::bigint, $6::bigint)
