-- States that were taken back with a block in [$3, $4) and are unknown since.
select seq, format('the state of %s is unknown', key) as finding
from indexer.unknown_states
where chain = $1 and table_name = $2 and seq >= $3::bigint and seq < $4::bigint
order by seq, key
limit 1000
