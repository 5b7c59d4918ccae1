-- The parts of [$3, $4) that no segment covers, each with the reasons its holes have; a gap that
-- nobody has asked for yet has none.
select lower(gap) as first_seq, upper(gap) as end_seq, cause.*
from unnest(int8multirange(int8range($3, $4)) - coalesce(
    (select range_agg(int8range(first_seq, last_seq + 1)) from indexer.segments
     where chain = $1 and content = $2 and first_seq < $4 and last_seq >= $3), '{}')) as gap
left join lateral (
    select reason, count(*) as seqs, max(attempts) as attempts,
           to_char(min(next_try_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as next_try_at,
           (array_agg(error order by seq))[1] as error,
           (array_agg(endpoint order by seq))[1] as endpoint
    from indexer.holes
    where chain = $1 and content = $2 and seq >= lower(gap) and seq < upper(gap)
    group by reason
) as cause on true
order by first_seq, reason
