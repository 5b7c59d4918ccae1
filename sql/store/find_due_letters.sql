-- The blocks in [$3, $4) with dead letters inside that are due to be tried again. Each attempt doubles
-- the time to the next one, from $5 to at most $6 seconds.
select seq
from indexer.dead_letters
where chain = $1 and content = $2 and seq >= $3::bigint and seq < $4::bigint and path <> ''
group by seq
having min(last_tried_at + make_interval(
    secs => least($6::float8, $5::float8 * 2 ^ least(attempts - 1, 60)))) <= now()
order by seq
