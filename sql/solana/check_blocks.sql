-- Blocks in [$2, $3) whose rows do not say what coverage noted of them.
select block.seq, case
    when stored.slot is null then 'solana.blocks: the block is not there'
    else format('solana.blocks: it is %s and names %s (%s) as its parent; noted are %s, %s (%s)',
                stored.blockhash, stored.parent_slot, stored.previous_blockhash, block.hash,
                block.parent_seq, block.parent_hash) end as finding
from indexer.blocks as block
left join solana.blocks as stored
    on stored.slot = block.seq and stored.slot >= $2::bigint and stored.slot < $3::bigint
where block.content_id = (
        select content_id from indexer.contents
        where chain = 'solana' and content = $1 and 'solana.blocks' = any(tables))
    and block.seq >= $2::bigint and block.seq < $3::bigint
    and (stored.blockhash, stored.parent_slot, stored.previous_blockhash, stored.transaction_count)
        is distinct from (block.hash, block.parent_seq, block.parent_hash, block.transactions)
order by block.seq
limit 1000
