-- Deletes the rows of runs of seqs that no other content has.
select indexer.erase($1, $2, $3, $4, $5, $6)
