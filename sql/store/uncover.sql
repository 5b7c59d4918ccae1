-- Takes [$3, $4) out of coverage: it is fetched and proven anew.
select indexer.uncover($1, $2, $3, $4::bigint - 1)
