-- The blocks noted in [$3, $4), in order, each with where its segment begins.
select block.seq, block.hash, block.parent_seq, block.parent_hash, block.height, segment.first_seq
from indexer.blocks as block
join indexer.segments as segment
    on segment.chain = $1 and segment.content = $2
    and block.seq between segment.first_seq and segment.last_seq
where block.content_id =
      (select content_id from indexer.contents where chain = $1 and content = $2)
    and block.seq >= $3::bigint and block.seq < $4::bigint
order by block.seq
