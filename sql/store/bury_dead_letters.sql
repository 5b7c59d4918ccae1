-- Keeps what could not be decoded or stored; the same place and stage again replaces the older one
-- and counts another attempt.
insert into indexer.dead_letters as known
    (chain, content, decoder_version, seq, path, stage, error, raw, endpoint)
select $1, $2, $3::int, seq, path, stage, error, raw, endpoint
from unnest($4::bigint[], $5::text[], $6::text[], $7::text[], $8::bytea[], $9::text[])
    as letter (seq, path, stage, error, raw, endpoint)
order by seq, path
on conflict (chain, content, seq, path, stage) do update
set error = excluded.error, raw = excluded.raw, endpoint = excluded.endpoint,
    decoder_version = excluded.decoder_version, attempts = known.attempts + 1, last_tried_at = now()
