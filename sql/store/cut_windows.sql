-- Where to cut [$3, $4), so that each part holds about $5 transactions.
select min(seq) as begin_seq
from (
    select seq, sum(1 + transactions::int) over (order by seq rows unbounded preceding)
                / $5::bigint as part
    from indexer.blocks
    where content_id = (select content_id from indexer.contents where chain = $1 and content = $2)
        and seq >= $3::bigint and seq < $4::bigint
) as numbered
group by part
order by 1
