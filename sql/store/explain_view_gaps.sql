-- The gaps among the blocks that the view $2 shows in [$3, $4), each with what is known of them in
-- our own tables, whatever the content: what is stored, and the reasons of holes.
select gap.first_seq, gap.end_seq, cause.*
from indexer.judge_view($2, $3::bigint, $4::bigint) as gap
left join lateral (
    select 'stored' as reason, sum(upper(part) - lower(part))::bigint as seqs, 0 as attempts,
           '' as next_try_at, 'in the tables of indexer' as error, '' as endpoint
    from unnest((
            select range_agg(int8range(segment.first_seq, segment.last_seq + 1))
            from indexer.segments as segment
            where chain = $1 and segment.first_seq < gap.end_seq and segment.last_seq >= gap.first_seq
        ) * int8multirange(int8range(gap.first_seq, gap.end_seq))) as part
    having count(*) > 0
    union all
    select reason, count(*), max(attempts),
           to_char(min(next_try_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
           (array_agg(error order by seq))[1], (array_agg(endpoint order by seq))[1]
    from indexer.holes
    where chain = $1 and seq >= gap.first_seq and seq < gap.end_seq
    group by reason
) as cause on true
where gap.is_gap
order by gap.first_seq, cause.reason
