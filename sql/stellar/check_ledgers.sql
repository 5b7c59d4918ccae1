-- Ledgers in [$2, $3) whose rows do not say what coverage noted of them.
select block.seq, case
    when stored.ledger is null then 'stellar.ledgers: the ledger is not there'
    else format('stellar.ledgers: it is %s and names %s as the one before; noted are %s and %s',
                stored.hash, stored.previous_ledger_hash, block.hash, block.parent_hash)
    end as finding
from indexer.contents as known
join indexer.blocks as block using (content_id)
left join stellar.ledgers as stored on stored.ledger = block.seq
where known.chain = 'stellar' and known.content = $1 and 'stellar.ledgers' = any(known.tables)
    and block.seq >= $2::bigint and block.seq < $3::bigint
    and (stored.hash, stored.previous_ledger_hash, stored.transaction_count)
        is distinct from (block.hash, block.parent_hash, block.transactions)
order by block.seq
limit 1000
