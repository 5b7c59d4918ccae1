-- Holes and coverage are written one after the other: a hole whose seq is being covered at this
-- moment would else come in behind the deletion of the holes that are covered.
create function indexer.record_holes(
    chain_name text, content_name text, seqs bigint[], reasons text[], errors text[],
    endpoints text[], first_wait float8, longest_wait float8
) returns void language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtext('indexer.cover'), hashtext(chain_name || '/' || content_name));
    insert into indexer.holes as known
        (chain, content, seq, reason, error, endpoint, next_try_at)
    select chain_name, content_name, hole.seq, hole.reason, hole.error, hole.endpoint,
           now() + make_interval(secs => first_wait)
    from unnest(seqs, reasons, errors, endpoints) as hole (seq, reason, error, endpoint)
    where not exists (
        select from indexer.segments as segment
        where segment.chain = chain_name and segment.content = content_name
            and segment.first_seq <= hole.seq and segment.last_seq >= hole.seq)
    order by hole.seq
    on conflict (chain, content, seq) do update
    set reason = excluded.reason, error = excluded.error, endpoint = excluded.endpoint,
        attempts = known.attempts + 1, last_tried_at = now(),
        next_try_at = now() + make_interval(
            secs => least(longest_wait, first_wait * 2 ^ least(known.attempts, 60)));
end
$$;
comment on function indexer.record_holes is 'remembers seqs that could not be had';
