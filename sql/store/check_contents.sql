-- Blocks in [$3, $4) where another content holds another block. Who was only asked for events does not
-- know hashes.
select block.seq, format('it is %s here, but %s in the content %s', block.hash, other.hash,
                         beside.content) as finding
from indexer.contents as known
join indexer.contents as beside
    on beside.chain = known.chain and beside.content_id <> known.content_id
join indexer.blocks as block on block.content_id = known.content_id
join indexer.blocks as other
    on other.content_id = beside.content_id and other.seq = block.seq and other.hash <> block.hash
where known.chain = $1 and known.content = $2
    and block.seq >= $3::bigint and block.seq < $4::bigint
    and other.seq >= $3::bigint and other.seq < $4::bigint
    and block.hash <> 'asked' and other.hash <> 'asked'
order by block.seq
limit 1000
