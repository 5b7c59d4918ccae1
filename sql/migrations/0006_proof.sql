-- What a proof needs beyond segments: why a seq is missing and when to ask again, which block was
-- written with which rows, and dead letters that know their content and decoder.

alter table indexer.holes
    add column error text not null default '',
    add column next_try_at timestamptz not null default now();
update indexer.holes set error = reason, reason = 'unavailable';
alter table indexer.holes
    add check (reason in ('unavailable', 'undecodable', 'refused', 'contradiction'));
comment on column indexer.holes.reason is
    'unavailable: no endpoint could serve it; undecodable: kept as a dead letter; refused: by the database, kept as a dead letter; contradiction: its links disagree with what is stored';
comment on column indexer.holes.error is 'what was said last';
comment on column indexer.holes.endpoint is 'who said it; empty when nobody was reached';
comment on column indexer.holes.next_try_at is 'when indexer repair asks again; later with each attempt';

alter table indexer.dead_letters
    add column content text collate "C" not null default '',
    add column endpoint text not null default '',
    add column decoder_version int not null default 0,
    drop constraint dead_letters_chain_seq_path_stage_key;
update indexer.dead_letters as letter
set content = segment.content
from indexer.segments as segment
where segment.chain = letter.chain and letter.seq between segment.first_seq and segment.last_seq;
alter table indexer.dead_letters add unique (chain, content, seq, path, stage);
comment on column indexer.dead_letters.content is 'of the run that kept it';
comment on column indexer.dead_letters.endpoint is 'who sent the bytes';
comment on column indexer.dead_letters.decoder_version is 'of the decoder that did not understand it, or made the rows that were refused';
comment on column indexer.dead_letters.raw is 'the bytes as they came; PostgreSQL stores them compressed';

create table indexer.contents (
    content_id int generated always as identity primary key,
    chain text collate "C" not null,
    content text collate "C" not null,
    tables text[] not null,
    unique (chain, content)
);
comment on table indexer.contents is 'what rows runs wrote, and the tables they lie in';

create table indexer.blocks (
    content_id int not null references indexer.contents,
    seq bigint not null,
    hash text collate "C" not null,
    parent_seq bigint not null,
    parent_hash text collate "C" not null,
    transactions bigint not null,
    row_counts int[],
    row_digests bigint[],
    order_digest bytea,
    decoder_version int not null,
    primary key (content_id, seq)
);
comment on table indexer.blocks is 'a row a block that coverage holds: its links, and what was written of it';
comment on column indexer.blocks.transactions is 'in the block, whether written as rows or not';
comment on column indexer.blocks.row_counts is 'rows by table, in the order of indexer.contents.tables; null when not noted';
comment on column indexer.blocks.row_digests is 'sums of the digests of these rows, modulo 2^64; indexer verify --deep compares them';
comment on column indexer.blocks.order_digest is 'SHA-256 of the names of the transactions that were written, one behind the other';

insert into indexer.contents (chain, content, tables)
select distinct chain, content, '{}'::text[] from indexer.segments;
insert into indexer.blocks
    (content_id, seq, hash, parent_seq, parent_hash, transactions, decoder_version)
select known.content_id, block.slot, block.blockhash, block.parent_slot, block.previous_blockhash,
       block.transaction_count, block.decoder_version
from indexer.segments as segment
join indexer.contents as known using (chain, content)
join solana.blocks as block on block.slot between segment.first_seq and segment.last_seq
where segment.chain = 'solana';

-- The content's number; made on first use.
create function indexer.content_id(chain_name text, content_name text, table_names text[])
returns int language plpgsql as $$
declare
    known indexer.contents;
begin
    select * into known from indexer.contents
    where chain = chain_name and content = content_name;
    if known.tables = table_names then
        return known.content_id;
    end if;
    insert into indexer.contents as stored (chain, content, tables)
    values (chain_name, content_name, table_names)
    on conflict (chain, content) do update set tables = excluded.tables
    returning * into known;
    return known.content_id;
end
$$;
comment on function indexer.content_id is 'the number of a content, which is made on first use';

-- Notes a group of blocks and adds what they prove to coverage. A seq that is covered already must
-- hold this very block: another one, or one where coverage proves that there is none, is a
-- contradiction (IXC01).
create function indexer.add_blocks(
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
        chain_name, content_name,
        case when block.parent_seq < block.seq then block.parent_seq + 1 else block.seq end,
        block.seq, block.parent_seq, block.parent_hash, block.seq, block.hash, 1,
        block.transactions)
    from (
        select * from unnest(seqs, hashes, parent_seqs, parent_hashes, transactions)
            as run (seq, hash, parent_seq, parent_hash, transactions)
        order by seq
    ) as block;
end
$$;
comment on function indexer.add_blocks is 'notes blocks and adds what they prove to coverage';

-- Takes [first_gone, last_gone] out of coverage, so that it is fetched and proven anew. Segments
-- that reach beyond are cut between two of their blocks.
create function indexer.uncover(
    chain_name text, content_name text, first_gone bigint, last_gone bigint
) returns void language plpgsql as $$
declare
    id int;
    segment indexer.segments;
    left_end indexer.blocks;
    right_begin indexer.blocks;
    gone record;
    kept record;
begin
    perform pg_advisory_xact_lock(hashtext('indexer.cover'), hashtext(chain_name || '/' || content_name));
    select content_id into id from indexer.contents
    where chain = chain_name and content = content_name;

    for segment in
        select * from indexer.segments
        where chain = chain_name and content = content_name
            and first_seq <= last_gone and last_seq >= first_gone
    loop
        select count(*) as blocks, coalesce(sum(transactions), 0) as transactions into gone
        from indexer.blocks
        where content_id = id and seq between greatest(first_gone, segment.first_seq)
                                          and least(last_gone, segment.last_seq);
        -- What holds no block is proven by blocks that stay, unless the whole segment goes.
        continue when gone.blocks = 0
            and (segment.first_seq < first_gone or segment.last_seq > last_gone);

        delete from indexer.segments
        where chain = chain_name and content = content_name and first_seq = segment.first_seq;
        select count(*) as blocks, coalesce(sum(transactions), 0) as transactions into kept
        from indexer.blocks
        where content_id = id and seq >= segment.first_seq and seq < first_gone;
        if segment.first_seq < first_gone then
            select * into left_end from indexer.blocks
            where content_id = id and seq >= segment.first_seq and seq < first_gone
            order by seq desc limit 1;
            insert into indexer.segments
                (chain, content, first_seq, last_seq, left_seq, left_hash, right_seq, right_hash,
                 blocks, transactions)
            values (chain_name, content_name, segment.first_seq, first_gone - 1, segment.left_seq,
                    segment.left_hash, coalesce(left_end.seq, segment.left_seq),
                    coalesce(left_end.hash, segment.left_hash), kept.blocks, kept.transactions);
        end if;
        -- Its first block also proves what lies between it and its parent. Behind the last block
        -- nothing is proven without it.
        select * into right_begin from indexer.blocks
        where content_id = id and seq > last_gone and seq <= segment.last_seq
        order by seq limit 1;
        if found then
            insert into indexer.segments
                (chain, content, first_seq, last_seq, left_seq, left_hash, right_seq, right_hash,
                 blocks, transactions)
            values (chain_name, content_name,
                    greatest(segment.first_seq, right_begin.parent_seq + 1), segment.last_seq,
                    right_begin.parent_seq, right_begin.parent_hash, segment.right_seq,
                    segment.right_hash, segment.blocks - kept.blocks - gone.blocks,
                    segment.transactions - kept.transactions - gone.transactions);
        end if;
    end loop;
    delete from indexer.blocks where content_id = id and seq between first_gone and last_gone;
end
$$;
comment on function indexer.uncover is 'takes a range out of coverage, so that it is fetched and proven anew';

-- Deletes the rows of some runs of seqs, but those whose keys are named: what an older decoder, or
-- another fork, left behind. A key is its columns in order, with slashes between them.
create function indexer.prune(
    table_name text, key_columns text[], firsts bigint[], lasts bigint[], kept text[]
) returns bigint language plpgsql as $$
declare
    pruned bigint;
begin
    execute format(
        'delete from %s as stale using unnest($1, $2) as run (first_seq, last_seq) '
        'where stale.%I between run.first_seq and run.last_seq '
        'and concat_ws(''/'', %s) <> all ($3)',
        table_name::regclass, key_columns[1],
        (select string_agg(format('stale.%I', name), ', ' order by at)
         from unnest(key_columns) with ordinality as key (name, at)))
    using firsts, lasts, kept;
    get diagnostics pruned = row_count;
    return pruned;
end
$$;
comment on function indexer.prune is 'deletes the rows of runs of seqs but those whose keys are named';
