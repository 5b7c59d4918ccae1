-- The parts of [$3, $4) that no segment covers, in order.
select lower(gap) as first_seq, upper(gap) as end_seq
from unnest(int8multirange(int8range($3, $4)) - coalesce(
    (select range_agg(int8range(first_seq, last_seq + 1)) from indexer.segments
     where chain = $1 and content = $2 and first_seq < $4 and last_seq >= $3), '{}')) as gap
order by 1
