-- Deletes rows of a content that an older decoder, or another fork, left in runs of seqs.
select indexer.prune($1, $2, $3, $4, $5, $6, $7)
