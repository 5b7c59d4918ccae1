-- How many blocks of a content in [$4, $5) set states of a table before these were noted.
select indexer.blocks_without_states($1, $2, $3, $4::bigint, $5::bigint)
