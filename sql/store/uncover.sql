-- Takes [$3, $4) out of coverage, for what is put in its place in the same transaction.
select indexer.uncover($1, $2, $3, $4::bigint - 1)
