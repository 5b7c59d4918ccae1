-- Nodes write 32 zero bytes where they do not know the hash of a block's parent. Earlier versions
-- took that for a hash: such a block began a segment, and its parent contradicted it for ever. It
-- is asked for again.
select indexer.uncover(segment.chain, segment.content, first.seq, first.seq)
from indexer.segments as segment
join indexer.contents as known using (chain, content)
cross join lateral (
    select seq from indexer.blocks as block
    where block.content_id = known.content_id
        and block.seq between segment.first_seq and segment.last_seq
    order by seq limit 1
) as first
where segment.chain = 'solana' and segment.left_hash = '11111111111111111111111111111111';
