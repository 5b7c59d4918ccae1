-- Remembers seqs that could not be had; one known already counts another attempt.
insert into indexer.holes as known (chain, content, seq, reason, endpoint)
select $1, $2, seq, reason, endpoint
from unnest($3::bigint[], $4::text[], $5::text[]) as hole (seq, reason, endpoint)
order by seq
on conflict (chain, content, seq) do update
set reason = excluded.reason, endpoint = excluded.endpoint, attempts = known.attempts + 1,
    last_tried_at = now()
