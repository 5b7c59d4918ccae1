-- Keeps what could not be decoded or stored; the same place and stage again replaces the older one.
insert into indexer.dead_letters as known (chain, seq, path, stage, error, raw)
select $1, seq, path, stage, error, raw
from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::bytea[])
    as letter (seq, path, stage, error, raw)
order by seq, path
on conflict (chain, seq, path, stage) do update
set error = excluded.error, raw = excluded.raw
where (known.error, known.raw) is distinct from (excluded.error, excluded.raw)
