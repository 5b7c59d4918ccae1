-- The seqs in [$3, $4) whose blocks contradict what is stored.
select seq from indexer.holes
where chain = $1 and content = $2 and seq >= $3 and seq < $4 and reason = 'contradiction'
order by seq
