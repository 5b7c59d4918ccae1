-- Raises unless one segment covers [$3, $4).
select indexer.expect_joined($1, $2, $3::bigint, $4::bigint - 1)
