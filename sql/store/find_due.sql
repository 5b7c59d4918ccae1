-- The parts of [$3, $4) that no segment covers, without the holes whose time has not come yet.
select lower(due) as first_seq, upper(due) as end_seq
from unnest(int8multirange(int8range($3, $4))
    - coalesce(
        (select range_agg(int8range(first_seq, last_seq + 1)) from indexer.segments
         where chain = $1 and content = $2 and first_seq < $4 and last_seq >= $3), '{}')
    - coalesce(
        (select range_agg(int8range(seq, seq + 1)) from indexer.holes
         where chain = $1 and content = $2 and seq >= $3 and seq < $4 and next_try_at > now()),
        '{}')) as due
order by 1
