-- Blocks of chain $1 by which a chain is known again, of whatever content that has hashes: the newest
-- stored at or below seq $2, some further back than one wrong block or a fork reaches, and the
-- oldest; the newest first.
with newest as (
    select max(block.seq) as seq
    from indexer.contents as known
    cross join lateral (
        select seq from indexer.blocks
        where content_id = known.content_id and seq <= $2::bigint
        order by seq desc limit 1
    ) as block
    where known.chain = $1 and known.content not like 'events asked for%'
), compared as (
    select seq - distance as at from newest
    cross join unnest(array[0, 1, 20, 200, 20000]) as distance
    union all
    select min(first_seq) from indexer.segments
    where chain = $1 and content not like 'events asked for%'
)
select distinct block.seq, block.hash
from compared
cross join indexer.contents as known
cross join lateral (
    (select seq, hash from indexer.blocks
     where content_id = known.content_id and seq <= compared.at
     order by seq desc limit 1)
    union all
    (select seq, hash from indexer.blocks
     where content_id = known.content_id and seq >= compared.at and seq <= $2::bigint
     order by seq limit 1)
    limit 1
) as block
where known.chain = $1 and known.content not like 'events asked for%'
order by seq desc
