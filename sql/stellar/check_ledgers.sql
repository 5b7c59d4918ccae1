-- Ledgers in [$2, $3) whose rows do not say what coverage noted of them. Those that are not decoded
-- yet have none, and are named as dead letters.
select block.seq, case
    when stored.ledger is null then 'stellar.ledgers: the ledger is not there'
    else format('stellar.ledgers: it is %s and names %s as the one before; noted are %s and %s',
                stored.hash, stored.previous_ledger_hash, block.hash, block.parent_hash)
    end as finding
from indexer.blocks as block
left join stellar.ledgers as stored
    on stored.ledger = block.seq and stored.ledger >= $2::bigint and stored.ledger < $3::bigint
where block.content_id = (
        select content_id from indexer.contents
        where chain = 'stellar' and content = $1 and 'stellar.ledgers' = any(tables))
    and block.seq >= $2::bigint and block.seq < $3::bigint
    and (stored.hash, stored.previous_ledger_hash, stored.transaction_count)
        is distinct from (block.hash, block.parent_hash, block.transactions)
    and not exists (
        select from indexer.dead_letters as letter
        where stored.ledger is null and letter.chain = 'stellar' and letter.content = $1
            and letter.seq = block.seq and letter.path = '' and letter.stage = 'decode')
order by block.seq
limit 1000
