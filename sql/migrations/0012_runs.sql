-- Blocks of a group that follow one another are added to coverage as one run, not one by one.

-- As before; it says which run it could not add, as that may hold many blocks.
create or replace function indexer.cover(
    chain_name text, content_name text, first_new bigint, last_new bigint,
    left_seq_new bigint, left_hash_new text, right_seq_new bigint, right_hash_new text,
    blocks_new bigint, transactions_new bigint
) returns void language plpgsql as $$
declare
    merged indexer.segments;
    left_side indexer.segments;
    right_side indexer.segments;
begin
    perform pg_advisory_xact_lock(hashtext('indexer.cover'), hashtext(chain_name || '/' || content_name));

    select * into left_side from indexer.segments
    where chain = chain_name and content = content_name and first_seq <= first_new
    order by first_seq desc limit 1;
    if left_side.last_seq >= last_new then
        return;
    end if;
    select * into right_side from indexer.segments
    where chain = chain_name and content = content_name and first_seq > first_new
    order by first_seq limit 1;

    merged.first_seq := first_new;
    merged.last_seq := last_new;
    merged.left_seq := left_seq_new;
    merged.left_hash := left_hash_new;
    merged.right_seq := right_seq_new;
    merged.right_hash := right_hash_new;
    merged.blocks := blocks_new;
    merged.transactions := transactions_new;

    if left_side.last_seq >= first_new - 1 then
        if (left_side.right_seq, left_side.right_hash) <> (left_seq_new, left_hash_new) then
            raise exception 'the first block of % to % names % (%) as its parent, but the block stored before it is % (%)',
                first_new, last_new, left_seq_new, left_hash_new, left_side.right_seq, left_side.right_hash
                using errcode = 'IXC01';
        end if;
        merged.first_seq := left_side.first_seq;
        merged.left_seq := left_side.left_seq;
        merged.left_hash := left_side.left_hash;
        merged.blocks := merged.blocks + left_side.blocks;
        merged.transactions := merged.transactions + left_side.transactions;
    end if;
    if right_side.first_seq <= last_new + 1 then
        if (right_side.left_seq, right_side.left_hash) <> (right_seq_new, right_hash_new) then
            raise exception 'block % (%) is not the parent % (%) that the block stored after it names',
                right_seq_new, right_hash_new, right_side.left_seq, right_side.left_hash
                using errcode = 'IXC01';
        end if;
        merged.last_seq := right_side.last_seq;
        merged.right_seq := right_side.right_seq;
        merged.right_hash := right_side.right_hash;
        merged.blocks := merged.blocks + right_side.blocks;
        merged.transactions := merged.transactions + right_side.transactions;
        delete from indexer.segments
        where chain = chain_name and content = content_name and first_seq = right_side.first_seq;
    end if;

    insert into indexer.segments
        (chain, content, first_seq, last_seq, left_seq, left_hash, right_seq, right_hash, blocks,
         transactions)
    values (chain_name, content_name, merged.first_seq, merged.last_seq, merged.left_seq,
            merged.left_hash, merged.right_seq, merged.right_hash, merged.blocks,
            merged.transactions)
    on conflict (chain, content, first_seq) do update
    set last_seq = excluded.last_seq, right_seq = excluded.right_seq,
        right_hash = excluded.right_hash, blocks = excluded.blocks,
        transactions = excluded.transactions;

    delete from indexer.holes
    where chain = chain_name and content = content_name and seq between first_new and last_new;
end
$$;

-- Notes a group of blocks and adds what they prove to coverage. A seq that is covered already must
-- hold this very block: another one, or one where coverage proves that there is none, is a
-- contradiction (IXC01). Blocks that link to one another and of which nothing is covered yet are
-- added as one run; others by themselves.
create or replace function indexer.add_blocks(
    chain_name text, content_name text, table_names text[], decoder int,
    seqs bigint[], hashes text[], parent_seqs bigint[], parent_hashes text[],
    transactions bigint[], row_counts text[], row_digests text[], order_digests bytea[]
) returns void language plpgsql as $$
declare
    id int;
    wrong record;
begin
    perform pg_advisory_xact_lock(hashtext('indexer.cover'), hashtext(chain_name || '/' || content_name));
    id := indexer.content_id(chain_name, content_name, table_names);

    select block.seq, block.hash, known.hash as known_hash into wrong
    from unnest(seqs, hashes) as block (seq, hash)
    cross join lateral (
        select last_seq from indexer.segments
        where chain = chain_name and content = content_name and first_seq <= block.seq
        order by first_seq desc limit 1
    ) as segment
    left join indexer.blocks as known on known.content_id = id and known.seq = block.seq
    where segment.last_seq >= block.seq and known.hash is distinct from block.hash
    limit 1;
    if found then
        raise exception 'block % is %, but %', wrong.seq, wrong.hash,
            coalesce('the one stored is ' || wrong.known_hash, 'it is proven that there is none')
            using errcode = 'IXC01';
    end if;

    insert into indexer.blocks as known
        (content_id, seq, hash, parent_seq, parent_hash, transactions, row_counts, row_digests,
         order_digest, decoder_version)
    select id, new.seq, new.hash, new.parent_seq, new.parent_hash, new.transactions,
           new.row_counts::int[], new.row_digests::bigint[], new.order_digest, decoder
    from unnest(seqs, hashes, parent_seqs, parent_hashes, transactions, row_counts, row_digests,
                order_digests)
        as new (seq, hash, parent_seq, parent_hash, transactions, row_counts, row_digests,
                order_digest)
    order by new.seq
    on conflict (content_id, seq) do update
    set hash = excluded.hash, parent_seq = excluded.parent_seq,
        parent_hash = excluded.parent_hash, transactions = excluded.transactions,
        row_counts = excluded.row_counts, row_digests = excluded.row_digests,
        order_digest = excluded.order_digest, decoder_version = excluded.decoder_version
    where known is distinct from excluded;

    perform indexer.cover(
        chain_name, content_name, run.first_seq, run.right_seq, run.left_seq, run.left_hash,
        run.right_seq, run.right_hash, run.blocks, run.transactions)
    from (
        select min(first_seq) as first_seq,
               (array_agg(parent_seq order by seq))[1] as left_seq,
               (array_agg(parent_hash order by seq))[1] as left_hash,
               max(seq) as right_seq,
               (array_agg(hash order by seq desc))[1] as right_hash,
               count(*) as blocks, sum(block_transactions)::bigint as transactions
        from (
            select *, count(*) filter (where begins_run) over (order by seq) as run
            from (
                select *,
                       is_touched or lag(is_touched) over by_seq
                       or (parent_seq, parent_hash) is distinct from
                          (lag(seq) over by_seq, lag(hash) over by_seq) as begins_run
                from unnest(seqs, hashes, parent_seqs, parent_hashes, transactions)
                    as block (seq, hash, parent_seq, parent_hash, block_transactions)
                cross join lateral (
                    select case when parent_seq < seq then parent_seq + 1 else seq end as first_seq
                ) as proven
                cross join lateral (
                    select coalesce((
                        select last_seq from indexer.segments as segment
                        where segment.chain = chain_name and segment.content = content_name
                            and segment.first_seq <= block.seq
                        order by segment.first_seq desc limit 1
                    ) >= proven.first_seq, false) as is_touched
                ) as covered
                window by_seq as (order by seq)
            ) as linked
        ) as numbered
        group by run
        order by first_seq
    ) as run;
end
$$;
