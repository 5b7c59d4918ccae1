-- The holes in [$3, $4) by the endpoint that was asked last. Who contradicted what is stored may be
-- on another fork, and those reach a few dozen seqs to both sides.
select endpoint, lower(doubted) as first_seq, upper(doubted) as end_seq
from (
    select endpoint, range_agg(int8range(greatest(seq - reach, 0), seq + reach + 1)) as seqs
    from indexer.holes
    cross join lateral (select case when reason = 'contradiction' then 64 else 0 end) as fork (reach)
    where chain = $1 and content = $2 and seq >= $3 and seq < $4 and endpoint <> ''
    group by endpoint
) as told
cross join lateral unnest(seqs) as doubted
order by 1, 2
