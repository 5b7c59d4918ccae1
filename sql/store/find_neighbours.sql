-- The blocks that coverage holds next to seq $3, below and above it, each with its segment.
select block.*, segment.first_seq, segment.last_seq, segment.blocks
from (
    (select seq, hash, parent_seq, parent_hash, height from indexer.blocks
     join indexer.contents using (content_id)
     where chain = $1 and content = $2 and seq < $3::bigint order by seq desc limit 1)
    union all
    (select seq, hash, parent_seq, parent_hash, height from indexer.blocks
     join indexer.contents using (content_id)
     where chain = $1 and content = $2 and seq > $3::bigint order by seq limit 1)
) as block
join indexer.segments as segment
    on segment.chain = $1 and segment.content = $2
    and block.seq between segment.first_seq and segment.last_seq
