-- Blocks in [$3, $4) that do not name the block before them, in the same segment, as their parent,
-- or are not the next one after it by their heights.
with linked as (
    select seq, parent_seq, parent_hash, height, lag(seq) over in_order as before_seq,
           lag(hash) over in_order as before_hash, lag(height) over in_order as before_height
    from indexer.blocks
    where content_id = (select content_id from indexer.contents where chain = $1 and content = $2)
        and seq < $4::bigint and seq >= coalesce(
            (select max(seq) from indexer.blocks
             where content_id =
                   (select content_id from indexer.contents where chain = $1 and content = $2)
                 and seq < $3::bigint),
            $3::bigint)
    window in_order as (order by seq)
)
select seq, case when (parent_seq, parent_hash) <> (before_seq, before_hash)
    then format('names %s (%s) as its parent, but the block before it is %s (%s)',
                parent_seq, parent_hash, before_seq, before_hash)
    else format('its height is %s, but that of its parent %s is %s', height, before_seq,
                before_height) end as finding
from linked
where seq >= $3::bigint and before_seq is not null
    and ((parent_seq, parent_hash) <> (before_seq, before_hash) or height <> before_height + 1)
    and exists (
        select from indexer.segments
        where chain = $1 and content = $2 and first_seq <= before_seq and last_seq >= seq)
order by seq
limit 1000
