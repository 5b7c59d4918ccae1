-- Remembers seqs that could not be had; one known already counts another attempt. Each attempt
-- doubles the time to the next one, from $7 to at most $8 seconds. What coverage holds is no hole,
-- though a run that wanted it once more could not have it.
insert into indexer.holes as known
    (chain, content, seq, reason, error, endpoint, next_try_at)
select $1, $2, seq, reason, error, endpoint, now() + make_interval(secs => $7::float8)
from unnest($3::bigint[], $4::text[], $5::text[], $6::text[])
    as hole (seq, reason, error, endpoint)
where not exists (
    select from indexer.segments
    where chain = $1 and content = $2 and first_seq <= hole.seq and last_seq >= hole.seq)
order by seq
on conflict (chain, content, seq) do update
set reason = excluded.reason, error = excluded.error, endpoint = excluded.endpoint,
    attempts = known.attempts + 1, last_tried_at = now(),
    next_try_at = now() + make_interval(
        secs => least($8::float8, $7::float8 * 2 ^ least(known.attempts, 60)))
