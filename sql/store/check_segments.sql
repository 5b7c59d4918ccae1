-- Segments that reach into [$3, $4) and are not what their blocks prove.
select segment.first_seq as seq, finding
from indexer.segments as segment
join indexer.contents as known using (chain, content)
cross join lateral (
    select count(*) as blocks, coalesce(sum(transactions), 0) as transactions, min(seq) as first_block,
           max(seq) as last_block
    from indexer.blocks as block
    where block.content_id = known.content_id
        and block.seq between segment.first_seq and segment.last_seq
) as held
left join indexer.blocks as first
    on first.content_id = known.content_id and first.seq = held.first_block
left join indexer.blocks as last
    on last.content_id = known.content_id and last.seq = held.last_block
cross join lateral (values
    (case when held.blocks <> segment.blocks
          then format('it claims %s blocks, %s are noted', segment.blocks, held.blocks) end),
    (case when held.transactions <> segment.transactions
          then format('it claims %s transactions, %s are noted', segment.transactions,
                      held.transactions) end),
    (case when (first.parent_seq, first.parent_hash) <> (segment.left_seq, segment.left_hash)
          then format('its first block names %s (%s) as its parent, not %s (%s)',
                      first.parent_seq, first.parent_hash, segment.left_seq, segment.left_hash) end),
    (case when (last.seq, last.hash) <> (segment.right_seq, segment.right_hash)
          then format('its last block is %s (%s), not %s (%s)', last.seq, last.hash,
                      segment.right_seq, segment.right_hash) end),
    (case when held.blocks > 0 and segment.first_seq <= segment.left_seq and segment.left_seq > 0
          then format('it begins at or before %s, which its first block names as its parent',
                      segment.left_seq) end),
    (case when exists (select from indexer.segments as other
                       where other.chain = $1 and other.content = $2
                           and other.first_seq > segment.first_seq
                           and other.first_seq <= segment.last_seq + 1)
          then 'the segment behind it touches it, and is not linked to it' end)
) as claim (finding)
where segment.chain = $1 and segment.content = $2
    and segment.first_seq < $4::bigint and segment.last_seq >= $3::bigint and finding is not null
order by seq
limit 1000
