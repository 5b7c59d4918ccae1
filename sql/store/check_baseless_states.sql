-- States that no block set, of those that say that one in [$4, $5) did.
select seq, finding from indexer.baseless_states($1, $2, $3, $4::bigint, $5::bigint)
