-- What could not be decoded or stored of the blocks in [$3, $4): where in the block, and why.
select seq, format('%s: %s', case when path = '' then 'the whole block' else path end, error)
           as finding
from indexer.dead_letters
where chain = $1 and content = $2 and seq >= $3::bigint and seq < $4::bigint
order by seq, path, stage
limit 1000
