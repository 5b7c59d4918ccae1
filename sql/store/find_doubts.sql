-- The holes in [$3, $4) by the endpoint that was asked last; under no name those on which endpoints
-- do not agree. Who contradicted what is stored may be on another fork, and those reach a few dozen
-- seqs to both sides.
select endpoint, lower(doubted) as first_seq, upper(doubted) as end_seq
from (
    select asked.endpoint, range_agg(int8range(greatest(seq - reach, 0), seq + reach + 1)) as seqs
    from indexer.holes as hole
    cross join lateral (select case when reason = 'contradiction' then 64 else 0 end) as fork (reach)
    cross join lateral (
        select case when reason = 'disagreement' then '' else hole.endpoint end
    ) as asked (endpoint)
    where chain = $1 and content = $2 and seq >= $3 and seq < $4
        and (hole.endpoint <> '' or reason = 'disagreement')
    group by asked.endpoint
) as told
cross join lateral unnest(seqs) as doubted
order by 1, 2
