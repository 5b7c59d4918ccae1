-- Blocks in [$2, $3) of whose transactions more or fewer were written than the block's row counts.
-- Votes are written only when asked for; what became a dead letter has no row.
select block.seq, format('solana.transactions: %s rows were written, but the block has %s', written,
                         expected) as finding
from indexer.contents as known
join indexer.blocks as block using (content_id)
join solana.blocks as stored on stored.slot = block.seq
cross join lateral (
    select block.row_counts[array_position(known.tables, 'solana.transactions')] as written,
           stored.transaction_count
           - case when known.content like '%,votes%' then 0 else stored.vote_count end
           - (select count(*) from indexer.dead_letters as letter
              where letter.chain = known.chain and letter.content = known.content
                  and letter.seq = block.seq and letter.path ~ '^transactions\[\d+\]$') as expected
) as counts
where known.chain = 'solana' and known.content = $1 and known.content not like '%;%'
    and block.seq >= $2::bigint and block.seq < $3::bigint and written <> expected
order by block.seq
limit 1000
