-- States that are not what the blocks in [$5, $6) make them.
select seq, finding from indexer.wrong_states($1, $2, $3, $4, $5::bigint, $6::bigint)
