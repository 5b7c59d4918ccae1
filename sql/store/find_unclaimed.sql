-- Seqs in [$5, $6) of which a table holds rows that no content has.
select seq, finding from indexer.unclaimed($1, $2, $3, $4, $5::bigint, $6::bigint)
