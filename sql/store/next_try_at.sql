-- When the first of the holes in [$3, $4) is due that are not due yet; empty when all are.
select coalesce(to_char(min(next_try_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), '')
from indexer.holes
where chain = $1 and content = $2 and seq >= $3 and seq < $4 and next_try_at > now()
