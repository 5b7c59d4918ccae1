-- Coverage that never takes a block's word for what others hold: seqs without a block are proven by
-- two stored blocks that name one another (seq, hash and height), or by who was asked for them, and
-- every addition is compared with whatever it meets.

alter table indexer.blocks add column height bigint;
comment on column indexer.blocks.height is
    'how many blocks the chain had before it, where the block says so: one more than its parent''s';
comment on column indexer.segments.left_seq is
    'the block that the first block of the segment names as its parent; it is stored in no segment that would link';

update indexer.blocks as block
set height = stored.block_height
from indexer.contents as known, solana.blocks as stored
where known.content_id = block.content_id and known.chain = 'solana' and stored.slot = block.seq
    and stored.blockhash = block.hash and stored.block_height is not null;

-- A block alone does not prove a longer run of seqs to hold none: it takes a second endpoint that
-- says the same. Solana's leaders take turns of 4 slots, so this is 250 leaders in a row that all
-- failed, which no cluster that went on has shown; what took longer ended in a restart.
-- Behind slot 459,652,999 it is right: from there to the first block of Alpenglow, Solana deleted all.
create function indexer.skips_too_many(parent_seq bigint, seq bigint) returns boolean
language sql immutable parallel safe as
'select seq - parent_seq - 1 > 1000 and parent_seq <> 459652999';
comment on function indexer.skips_too_many is 'whether so many seqs without a block between two need a second witness';

-- The noted block of a content with the highest seq up to one, and with the lowest from one on.
create function indexer.block_up_to(content int, last bigint) returns indexer.blocks
language sql stable as $$
    select * from indexer.blocks where content_id = content and seq <= last order by seq desc limit 1
$$;
create function indexer.block_from(content int, first bigint) returns indexer.blocks
language sql stable as $$
    select * from indexer.blocks where content_id = content and seq >= first order by seq limit 1
$$;
comment on function indexer.block_up_to is 'the last block noted up to a seq';
comment on function indexer.block_from is 'the first block noted from a seq on';

-- Puts one segment in the place of those it was made of, and forgets what is known to be missing of
-- the seqs that became part of it.
create function indexer.put_segment(
    merged indexer.segments, known_id int, replaced bigint[], first_new bigint, last_new bigint
) returns void language plpgsql as $$
begin
    delete from indexer.segments
    where chain = merged.chain and content = merged.content and first_seq = any (replaced);
    insert into indexer.segments
        (chain, content, first_seq, last_seq, left_seq, left_hash, right_seq, right_hash, blocks,
         transactions)
    values (merged.chain, merged.content, merged.first_seq, merged.last_seq, merged.left_seq,
            merged.left_hash, merged.right_seq, merged.right_hash, merged.blocks,
            merged.transactions);
    delete from indexer.holes
    where chain = merged.chain and content = merged.content and seq between first_new and last_new;
    delete from indexer.dead_letters as letter
    where letter.chain = merged.chain and letter.content = merged.content
        and letter.seq between first_new and last_new
        and not exists (select from indexer.blocks as block
                        where block.content_id = known_id and block.seq = letter.seq);
end
$$;
comment on function indexer.put_segment is 'puts a segment in the place of those it was made of';

drop function indexer.cover(text, text, bigint, bigint, bigint, text, bigint, text, bigint, bigint);

-- Adds a run of new blocks that link to one another, and joins it to the segments next to it. Each
-- of the two must agree with the run:
--
--   its end is the other's parent  ──▶ one segment; what lies between is proven to hold no block,
--                                      unless it is too much for one witness: then two segments
--   the parent lies further away   ──▶ two segments, and a gap between them
--   anything else                  ──▶ a contradiction between answers of the chain (IXC01)
--
-- A parent that is too far away for one witness is believed neither way, unless the two touch.
-- Writers of the same content wait for each other here, as the last thing before they commit.
create function indexer.cover(
    chain_name text, content_name text, known_id int, first_block indexer.blocks,
    last_block indexer.blocks, blocks_new bigint, transactions_new bigint
) returns void language plpgsql as $$
declare
    merged indexer.segments;
    below indexer.segments;
    above indexer.segments;
    neighbour indexer.blocks;
    replaced bigint[] := array[first_block.seq];
    first_new bigint := first_block.seq;
    last_new bigint := last_block.seq;
begin
    merged := row(chain_name, content_name, first_block.seq, last_block.seq,
                  first_block.parent_seq, first_block.parent_hash, last_block.seq,
                  last_block.hash, blocks_new, null, transactions_new);

    select * into below from indexer.segments
    where chain = chain_name and content = content_name and first_seq <= first_block.seq
    order by first_seq desc limit 1;
    if below.last_seq >= first_block.seq then
        raise exception 'block % (%) is new where coverage ends at % only', first_block.seq,
            first_block.hash, below.last_seq using errcode = 'IXC01';
    end if;
    if found and first_block.parent_seq <= below.last_seq then
        if (below.right_seq, below.right_hash) = (first_block.parent_seq, first_block.parent_hash) then
            neighbour := indexer.block_up_to(known_id, below.right_seq);
            if neighbour.seq = below.right_seq and neighbour.height <> first_block.height - 1 then
                raise exception 'block % is the % of the chain, but its parent % is the %: blocks between them are hidden',
                    first_block.seq, first_block.height, neighbour.seq, neighbour.height
                    using errcode = 'IXC01';
            end if;
            if not indexer.skips_too_many(first_block.parent_seq, first_block.seq)
                or below.last_seq = first_block.seq - 1 then
                replaced := replaced || below.first_seq;
                first_new := below.last_seq + 1;
                merged.first_seq := below.first_seq;
                merged.left_seq := below.left_seq;
                merged.left_hash := below.left_hash;
                merged.blocks := merged.blocks + below.blocks;
                merged.transactions := merged.transactions + below.transactions;
            end if;
        elsif not indexer.skips_too_many(first_block.parent_seq, first_block.seq)
            or below.last_seq = first_block.seq - 1 then
            raise exception 'the first block of % to % names % (%) as its parent, but the block stored before it is % (%)',
                first_block.seq, last_block.seq, first_block.parent_seq, first_block.parent_hash,
                below.right_seq, below.right_hash using errcode = 'IXC01';
        end if;
    end if;

    select * into above from indexer.segments
    where chain = chain_name and content = content_name and first_seq > first_block.seq
    order by first_seq limit 1;
    if above.first_seq <= last_block.seq then
        raise exception 'there is none between % and %, but % is stored', first_block.seq,
            last_block.seq, above.first_seq using errcode = 'IXC01';
    end if;
    if found and above.left_seq <= last_block.seq then
        neighbour := indexer.block_from(known_id, above.first_seq);
        if (above.left_seq, above.left_hash) = (last_block.seq, last_block.hash) then
            if neighbour.parent_seq = last_block.seq and neighbour.height <> last_block.height + 1 then
                raise exception 'block % is the % of the chain, but % behind it is the %: blocks between them are hidden',
                    last_block.seq, last_block.height, neighbour.seq, neighbour.height
                    using errcode = 'IXC01';
            end if;
            if not indexer.skips_too_many(last_block.seq, above.first_seq) then
                replaced := replaced || above.first_seq;
                last_new := above.first_seq - 1;
                merged.last_seq := above.last_seq;
                merged.right_seq := above.right_seq;
                merged.right_hash := above.right_hash;
                merged.blocks := merged.blocks + above.blocks;
                merged.transactions := merged.transactions + above.transactions;
            end if;
        elsif not indexer.skips_too_many(above.left_seq, above.first_seq)
            or above.first_seq = last_block.seq + 1 then
            raise exception 'block % (%) is not the parent % (%) that the block stored after it names',
                last_block.seq, last_block.hash, above.left_seq, above.left_hash
                using errcode = 'IXC01';
        end if;
    end if;
    perform indexer.put_segment(merged, known_id, replaced, first_new, last_new);
end
$$;
comment on function indexer.cover is 'adds a run of new blocks to coverage';

-- Covers [first_asked, last_asked], which holds no block: the one behind it names its parent before
-- it, and that was checked, or is stored. Whatever is stored must agree, and nobody may have served a
-- block there.
create function indexer.cover_absent(
    chain_name text, content_name text, first_asked bigint, last_asked bigint,
    parent_seq_named bigint, parent_hash_named text, parent_height_named bigint
) returns void language plpgsql as $$
declare
    id int;
    merged indexer.segments;
    below indexer.segments;
    above indexer.segments;
    before indexer.blocks;
    behind indexer.blocks;
    replaced bigint[] := '{}';
    first_new bigint := first_asked;
    last_new bigint := last_asked;
begin
    perform pg_advisory_xact_lock(hashtext('indexer.cover'), hashtext(chain_name || '/' || content_name));
    select content_id into id from indexer.contents
    where chain = chain_name and content = content_name;
    before := indexer.block_up_to(id, last_asked);
    behind := indexer.block_from(id, last_asked + 1);
    if before.seq > parent_seq_named
        or before.seq = parent_seq_named and (before.hash <> parent_hash_named
                                              or before.height <> parent_height_named) then
        raise exception 'the block behind % names % (%) as its parent, but the block stored before it is % (%)',
            last_asked, parent_seq_named, parent_hash_named, before.seq, before.hash
            using errcode = 'IXC01';
    end if;
    if behind.parent_seq <= last_asked
        and (behind.parent_seq, behind.parent_hash) <> (parent_seq_named, parent_hash_named) then
        raise exception 'the parent of what lies behind % is % (%), but block % names % (%)',
            last_asked, parent_seq_named, parent_hash_named, behind.seq, behind.parent_seq,
            behind.parent_hash using errcode = 'IXC01';
    end if;

    if exists (select from indexer.holes
               where chain = chain_name and content = content_name and reason <> 'unavailable'
                   and seq between first_asked and last_asked) then
        raise exception 'a block was served between % and %', first_asked, last_asked
            using errcode = 'IXC01';
    end if;

    select * into below from indexer.segments
    where chain = chain_name and content = content_name and first_seq <= first_asked
    order by first_seq desc limit 1;
    if below.last_seq >= last_asked then
        return;
    end if;
    if below.last_seq >= parent_seq_named
        and (below.right_seq, below.right_hash) <> (parent_seq_named, parent_hash_named) then
        raise exception 'the parent of what lies behind % is % (%), but none is there behind % (%)',
            last_asked, parent_seq_named, parent_hash_named, below.right_seq, below.right_hash
            using errcode = 'IXC01';
    end if;
    merged := row(chain_name, content_name, first_asked, last_asked, parent_seq_named,
                  parent_hash_named, parent_seq_named, parent_hash_named, 0, null, 0);
    if (below.right_seq, below.right_hash) = (parent_seq_named, parent_hash_named) then
        merged := below;
        merged.last_seq := last_asked;
        replaced := array[below.first_seq];
        first_new := below.last_seq + 1;
    end if;
    select * into above from indexer.segments
    where chain = chain_name and content = content_name and first_seq > first_asked
    order by first_seq limit 1;
    if above.first_seq <= last_asked + 1 then
        if (above.left_seq, above.left_hash) <> (parent_seq_named, parent_hash_named) then
            raise exception 'the parent of what lies behind % is % (%), but what is stored there names % (%)',
                last_asked, parent_seq_named, parent_hash_named, above.left_seq, above.left_hash
                using errcode = 'IXC01';
        end if;
        replaced := replaced || above.first_seq;
        last_new := above.first_seq - 1;
        merged.last_seq := above.last_seq;
        merged.right_seq := above.right_seq;
        merged.right_hash := above.right_hash;
        merged.blocks := merged.blocks + above.blocks;
        merged.transactions := merged.transactions + above.transactions;
    end if;
    perform indexer.put_segment(merged, id, replaced, first_new, last_new);
end
$$;
comment on function indexer.cover_absent is 'covers seqs that hold no block';

drop function indexer.add_blocks(text, text, text[], int, bigint[], text[], bigint[], text[],
                                 bigint[], text[], text[], bytea[]);

-- Notes a group of blocks and adds what they prove to coverage. A seq that is covered already must
-- hold this very block with these very links: anything else is a contradiction (IXC01). What such a
-- block says anew of itself is changed in its segment, too. New blocks that link to one another and
-- of which nothing is covered yet are added as one run; others by themselves.
create function indexer.add_blocks(
    chain_name text, content_name text, table_names text[], decoder int,
    seqs bigint[], hashes text[], parent_seqs bigint[], parent_hashes text[], heights bigint[],
    transactions bigint[], row_counts text[], row_digests text[], order_digests bytea[]
) returns void language plpgsql as $$
declare
    id int;
    wrong record;
    one record;
begin
    perform pg_advisory_xact_lock(hashtext('indexer.cover'), hashtext(chain_name || '/' || content_name));
    id := indexer.content_id(chain_name, content_name, table_names);

    for wrong in
        select block.*, segment.first_seq, known as stored, known.seq as known_seq
        from unnest(seqs, hashes, parent_seqs, parent_hashes, heights, transactions)
            as block (seq, hash, parent_seq, parent_hash, height, block_transactions)
        cross join lateral (
            select first_seq, last_seq from indexer.segments
            where chain = chain_name and content = content_name and first_seq <= block.seq
            order by first_seq desc limit 1
        ) as segment
        left join indexer.blocks as known on known.content_id = id and known.seq = block.seq
        where segment.last_seq >= block.seq
            and ((known.hash, known.parent_seq, known.parent_hash, known.transactions)
                 is distinct from (block.hash, block.parent_seq, block.parent_hash,
                                   block.block_transactions)
                 or known.height is distinct from block.height)
    loop
        perform indexer.compare_block(id, wrong.stored, wrong.seq, wrong.hash, wrong.parent_seq,
                                      wrong.parent_hash, wrong.height);
        update indexer.segments as segment
        set transactions = segment.transactions
                           + wrong.block_transactions - (wrong.stored).transactions
        where chain = chain_name and content = content_name and first_seq = wrong.first_seq;
    end loop;

    insert into indexer.blocks as known
        (content_id, seq, hash, parent_seq, parent_hash, height, transactions, row_counts,
         row_digests, order_digest, decoder_version)
    select id, new.seq, new.hash, new.parent_seq, new.parent_hash, new.height, new.transactions,
           new.row_counts::int[], new.row_digests::bigint[], new.order_digest, decoder
    from unnest(seqs, hashes, parent_seqs, parent_hashes, heights, transactions, row_counts,
                row_digests, order_digests)
        as new (seq, hash, parent_seq, parent_hash, height, transactions, row_counts, row_digests,
                order_digest)
    order by new.seq
    on conflict (content_id, seq) do update
    set hash = excluded.hash, parent_seq = excluded.parent_seq,
        parent_hash = excluded.parent_hash, height = coalesce(excluded.height, known.height),
        transactions = excluded.transactions,
        row_counts = excluded.row_counts, row_digests = excluded.row_digests,
        order_digest = excluded.order_digest, decoder_version = excluded.decoder_version
    where known is distinct from excluded;

    for one in
        select min(seq) as first_seq, max(seq) as last_seq, count(*) as blocks,
               sum(block_transactions)::bigint as transactions
        from (
            select *, count(*) filter (where begins_run) over (order by seq) as run
            from (
                select *,
                       is_touched or lag(is_touched) over by_seq
                       or (parent_seq, parent_hash) is distinct from
                          (lag(seq) over by_seq, lag(hash) over by_seq)
                       or coalesce(height <> lag(height) over by_seq + 1, false)
                       or indexer.skips_too_many(parent_seq, seq) as begins_run
                from unnest(seqs, hashes, parent_seqs, parent_hashes, heights, transactions)
                    as block (seq, hash, parent_seq, parent_hash, height, block_transactions)
                cross join lateral (
                    select coalesce(max(last_seq) > parent_seq, false) as is_touched,
                           coalesce(max(last_seq) >= block.seq, false) as is_known
                    from (
                        select last_seq from indexer.segments as segment
                        where segment.chain = chain_name and segment.content = content_name
                            and segment.first_seq <= block.seq
                        order by segment.first_seq desc limit 1
                    ) as nearest
                ) as covered
                window by_seq as (order by seq)
            ) as linked
        ) as numbered
        where not is_known
        group by run
        order by first_seq
    loop
        perform indexer.cover(chain_name, content_name, id, indexer.block_from(id, one.first_seq),
                              indexer.block_from(id, one.last_seq), one.blocks, one.transactions);
    end loop;
end
$$;
comment on function indexer.add_blocks is 'notes blocks and adds what they prove to coverage';

-- What is said of a covered seq must be what is stored there. A height that was not known is
-- compared with the neighbours'.
create function indexer.compare_block(
    id int, stored indexer.blocks, said_seq bigint, said_hash text, said_parent_seq bigint,
    said_parent_hash text, said_height bigint
) returns void language plpgsql as $$
declare
    before indexer.blocks;
    behind indexer.blocks;
begin
    if stored.hash is distinct from said_hash then
        raise exception 'block % is %, but %', said_seq, said_hash,
            coalesce('the one stored is ' || stored.hash, 'it is proven that there is none')
            using errcode = 'IXC01';
    end if;
    if (stored.parent_seq, stored.parent_hash) <> (said_parent_seq, said_parent_hash) then
        raise exception 'block % names % (%) as its parent, but as it is stored it names % (%)',
            said_seq, said_parent_seq, said_parent_hash, stored.parent_seq, stored.parent_hash
            using errcode = 'IXC01';
    end if;
    if said_height is null or stored.height = said_height then
        return;
    end if;
    before := indexer.block_up_to(id, said_seq - 1);
    behind := indexer.block_from(id, said_seq + 1);
    if stored.height <> said_height
        or (before.seq, before.hash) = (said_parent_seq, said_parent_hash)
            and before.height <> said_height - 1
        or (behind.parent_seq, behind.parent_hash) = (said_seq, said_hash)
            and behind.height <> said_height + 1 then
        raise exception 'block % is the % of the chain, but not by what is stored', said_seq,
            said_height using errcode = 'IXC01';
    end if;
end
$$;
comment on function indexer.compare_block is 'compares what is said of a covered seq with what is stored';
