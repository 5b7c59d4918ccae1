-- Blocks of chain $1 by which a chain is known again: the newest stored at or below seq $2, of
-- whatever content that has hashes, and some further back than one wrong block or a fork reaches; the newest first.
with newest as (
    select max(block.seq) as seq
    from indexer.contents as known
    cross join lateral (
        select seq from indexer.blocks
        where content_id = known.content_id and seq <= $2::bigint
        order by seq desc limit 1
    ) as block
    where known.chain = $1 and known.content not like 'events asked for%'
)
select distinct block.seq, block.hash
from newest
cross join unnest(array[0, 1, 20, 200, 20000]) as distance
cross join indexer.contents as known
cross join lateral (
    select seq, hash from indexer.blocks
    where content_id = known.content_id and seq <= newest.seq - distance
    order by seq desc limit 1
) as block
where known.chain = $1 and known.content not like 'events asked for%'
order by seq desc
