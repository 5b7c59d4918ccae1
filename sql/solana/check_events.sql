-- Transfers and swaps in [$2, $3) whose transaction is not there, or is another one.
select event.slot as seq, format('%s: a row is of transaction %s (%s), which is not there',
                                 event.place, event.transaction_index, event.signature) as finding
from indexer.contents as known
cross join (
    select 'solana.token_transfers' as place, slot, transaction_index, signature
    from solana.token_transfers where slot >= $2::bigint and slot < $3::bigint
    union
    select 'solana.sol_transfers', slot, transaction_index, signature
    from solana.sol_transfers where slot >= $2::bigint and slot < $3::bigint
    union
    select 'solana.swaps', slot, transaction_index, signature
    from solana.swaps where slot >= $2::bigint and slot < $3::bigint
) as event
where known.chain = 'solana' and known.content = $1 and known.content not like '%;%'
    and 'solana.transactions' = any(known.tables) and event.place = any(known.tables)
    and exists (
        select from indexer.blocks as block
        where block.content_id = known.content_id and block.seq = event.slot)
    and not exists (
        select from solana.transactions as owner
        where owner.slot = event.slot and owner.transaction_index = event.transaction_index
            and owner.signature = event.signature)
order by event.slot, event.place, event.transaction_index
limit 1000
