-- Blocks in [$2, $3) of whose transactions more or fewer were written than the block's row counts.
-- Votes are written only when asked for; what became a dead letter has no row.
with known as (
    select content_id, content like '%,votes%' as votes,
           array_position(tables, 'solana.transactions') as place
    from indexer.contents
    where chain = 'solana' and content = $1 and content not like '%;%'
), lost as (
    select seq, count(*) as transactions from indexer.dead_letters
    where chain = 'solana' and content = $1 and seq >= $2::bigint and seq < $3::bigint
        and path ~ '^transactions\[\d+\]$'
    group by seq
)
select seq, format('solana.transactions: %s rows were written, but the block has %s', written,
                   expected) as finding
from (
    select block.seq, block.row_counts[(select place from known)] as written,
           stored.transaction_count
           - case when (select votes from known) then 0 else stored.vote_count end
           - coalesce(lost.transactions, 0) as expected
    from indexer.blocks as block
    join solana.blocks as stored on stored.slot = block.seq
    left join lost on lost.seq = block.seq
    where block.content_id = (select content_id from known)
        and block.seq >= $2::bigint and block.seq < $3::bigint
        and stored.slot >= $2::bigint and stored.slot < $3::bigint
) as counted
where written <> expected
order by seq
limit 1000
