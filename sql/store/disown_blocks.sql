-- Takes the blocks of runs of seqs from the other contents that hold the same ones.
select indexer.disown($1, $2, $3, $4)
