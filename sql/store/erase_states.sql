-- Takes back the states that a content's blocks in runs of seqs set.
select indexer.erase_states($1, $2, $3, $4, $5, $6)
