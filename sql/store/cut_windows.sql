-- Where to cut [$3, $4), so that each part holds about $5 transactions. Blocks are weighed eight
-- seqs at a time, which spares sorting each of them.
select min(begin_seq) as begin_seq
from (
    select begin_seq,
           sum(weight) over (order by begin_seq rows unbounded preceding)::bigint
               / $5::bigint as part
    from (
        select min(seq) as begin_seq, sum(1 + transactions::int) as weight
        from indexer.blocks
        where content_id =
              (select content_id from indexer.contents where chain = $1 and content = $2)
            and seq >= $3::bigint and seq < $4::bigint
        group by seq / 8
    ) as weighed
) as numbered
group by part
order by 1
