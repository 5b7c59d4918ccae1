-- What is stored makes room only for what is better proven, and what an older program called proven
-- though its blocks do not link is cut.

-- Takes [first_gone, last_gone] out of coverage: a part of putting something better in its place,
-- never more than that. Segments that reach beyond are cut between two of their blocks, and what
-- only blocks that go prove to hold none goes with them.
create or replace function indexer.uncover(
    chain_name text, content_name text, first_gone bigint, last_gone bigint
) returns void language plpgsql as $$
declare
    id int;
    segment indexer.segments;
begin
    perform pg_advisory_xact_lock(hashtext('indexer.cover'), hashtext(chain_name || '/' || content_name));
    select content_id into id from indexer.contents
    where chain = chain_name and content = content_name;

    for segment in
        select * from indexer.segments
        where chain = chain_name and content = content_name
            and first_seq <= last_gone and last_seq >= first_gone
    loop
        -- What holds no block is proven by blocks that stay, unless the whole segment goes.
        continue when (segment.first_seq < first_gone or segment.last_seq > last_gone)
            and not exists (
                select from indexer.blocks
                where content_id = id and seq between greatest(first_gone, segment.first_seq)
                                                  and least(last_gone, segment.last_seq));
        delete from indexer.segments
        where chain = chain_name and content = content_name and first_seq = segment.first_seq;
        insert into indexer.segments
            (chain, content, first_seq, last_seq, left_seq, left_hash, right_seq, right_hash,
             blocks, transactions)
        select chain_name, content_name,
               case when is_below then least(segment.first_seq, min(seq)) else min(seq) end,
               case when is_below then max(seq) else greatest(segment.last_seq, max(seq)) end,
               (array_agg(parent_seq order by seq))[1], (array_agg(parent_hash order by seq))[1],
               max(seq), (array_agg(hash order by seq desc))[1], count(*), sum(transactions)
        from (
            select *, seq < first_gone as is_below from indexer.blocks
            where content_id = id and seq between segment.first_seq and segment.last_seq
                and not seq between first_gone and last_gone
        ) as kept
        group by is_below;
    end loop;
    delete from indexer.blocks where content_id = id and seq between first_gone and last_gone;
end
$$;

-- Raises unless [first_asked, last_asked] is covered by one segment: what is put in the place of
-- something must link to both sides.
create function indexer.expect_joined(
    chain_name text, content_name text, first_asked bigint, last_asked bigint
) returns void language plpgsql as $$
begin
    if not exists (
        select from indexer.segments
        where chain = chain_name and content = content_name
            and first_seq <= first_asked and last_seq >= last_asked) then
        raise exception 'what was to replace % to % does not link to what is stored around it',
            first_asked, last_asked using errcode = 'IXC01';
    end if;
end
$$;
comment on function indexer.expect_joined is 'raises unless a range is covered by one segment';

-- Makes the segments in [first_asked, last_asked] what their blocks prove, their numbers too. Where a block does not
-- name the one before it, or their heights do not follow, the segment ends; two that would touch
-- keep apart, because the later one becomes a hole. Gives the seqs of such blocks.
create function indexer.cut_where_broken(
    chain_name text, content_name text, first_asked bigint, last_asked bigint
) returns setof bigint language plpgsql as $$
declare
    id int;
    segment indexer.segments;
    breaks bigint[];
    touching bigint[];
    held record;
    left_agrees boolean;
    right_agrees boolean;
begin
    perform pg_advisory_xact_lock(hashtext('indexer.cover'), hashtext(chain_name || '/' || content_name));
    select content_id into id from indexer.contents
    where chain = chain_name and content = content_name;

    for segment in
        select * from indexer.segments
        where chain = chain_name and content = content_name and segments.blocks > 0
            and first_seq <= last_asked and last_seq >= first_asked
    loop
        select array_agg(seq), array_agg(seq) filter (where before_seq = seq - 1)
        into breaks, touching
        from (
            select seq, parent_seq, parent_hash, height, lag(seq) over by_seq as before_seq,
                   lag(hash) over by_seq as before_hash, lag(height) over by_seq as before_height
            from indexer.blocks
            where content_id = id and seq between segment.first_seq and segment.last_seq
            window by_seq as (order by seq)
        ) as linked
        where (parent_seq, parent_hash) <> (before_seq, before_hash) or height <> before_height + 1;
        select count(*) as blocks, sum(transactions) as transactions,
               (array_agg(parent_seq order by seq))[1] as left_seq,
               (array_agg(parent_hash order by seq))[1] as left_hash, max(seq) as right_seq,
               (array_agg(hash order by seq desc))[1] as right_hash
        into held from indexer.blocks
        where content_id = id and seq between segment.first_seq and segment.last_seq;
        left_agrees := (held.left_seq, held.left_hash)
                       is not distinct from (segment.left_seq, segment.left_hash);
        right_agrees := (held.right_seq, held.right_hash)
                        is not distinct from (segment.right_seq, segment.right_hash);
        continue when breaks is null and left_agrees and right_agrees
            and (held.blocks, held.transactions) = (segment.blocks, segment.transactions);

        insert into indexer.holes (chain, content, seq, reason, error, endpoint)
        select chain_name, content_name, seq, 'contradiction',
               format('block %s as it was stored names %s (%s) as its parent', seq, parent_seq,
                      parent_hash), ''
        from indexer.blocks where content_id = id and seq = any (touching)
        on conflict (chain, content, seq) do nothing;
        delete from indexer.blocks where content_id = id and seq = any (touching);
        delete from indexer.segments
        where chain = chain_name and content = content_name and first_seq = segment.first_seq;
        insert into indexer.segments
            (chain, content, first_seq, last_seq, left_seq, left_hash, right_seq, right_hash,
             blocks, transactions)
        select chain_name, content_name,
               case when left_agrees and min(parent_seq) = segment.left_seq
                    then segment.first_seq else min(seq) end,
               case when right_agrees and max(seq) = segment.right_seq
                    then segment.last_seq else max(seq) end,
               (array_agg(parent_seq order by seq))[1], (array_agg(parent_hash order by seq))[1],
               max(seq), (array_agg(hash order by seq desc))[1], count(*), sum(transactions)
        from (
            select *, count(*) filter (where begins) over (order by seq) as part
            from (
                select *, (parent_seq, parent_hash) is distinct from
                          (lag(seq) over by_seq, lag(hash) over by_seq)
                          or coalesce(height <> lag(height) over by_seq + 1, false) as begins
                from indexer.blocks
                where content_id = id and seq between segment.first_seq and segment.last_seq
                window by_seq as (order by seq)
            ) as linked
        ) as numbered
        group by part;
        return query select unnest(touching);
    end loop;
end
$$;
comment on function indexer.cut_where_broken is 'makes segments what their blocks prove';

select indexer.cut_where_broken(chain, content, 0, 9223372036854775806) from indexer.contents;
