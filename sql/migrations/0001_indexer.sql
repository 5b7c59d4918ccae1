-- What the program knows about its own work: which network the database belongs to, which seqs are
-- proven, which could not be had, and what could not be decoded.
comment on schema indexer is 'bookkeeping of the indexer program';

create table indexer.networks (
    chain text collate "C" primary key,
    network text collate "C" not null
);
comment on table indexer.networks is 'the one network whose rows of a chain this database holds';
comment on column indexer.networks.network is 'genesis hash or network passphrase';

create table indexer.segments (
    chain text collate "C" not null,
    content text collate "C" not null,
    first_seq bigint not null,
    last_seq bigint not null,
    left_seq bigint not null,
    left_hash text collate "C" not null,
    right_seq bigint not null,
    right_hash text collate "C" not null,
    blocks bigint not null,
    skipped bigint not null generated always as (last_seq - first_seq + 1 - blocks) stored,
    transactions bigint not null,
    primary key (chain, content, first_seq),
    check (first_seq <= last_seq and left_seq <= first_seq and right_seq <= last_seq)
);
comment on table indexer.segments is
    'coverage: runs of seqs whose blocks are stored and whose hashes link, so that nothing between them is missing';
comment on column indexer.segments.content is 'what rows are written for these seqs';
comment on column indexer.segments.left_seq is 'the block before the segment: its first block names it as parent';
comment on column indexer.segments.right_seq is 'the last block in the segment; seqs behind it are proven to hold none';
comment on column indexer.segments.skipped is 'seqs proven to hold no block';

create table indexer.holes (
    chain text collate "C" not null,
    content text collate "C" not null,
    seq bigint not null,
    reason text not null,
    endpoint text not null,
    attempts int not null default 1,
    first_tried_at timestamptz not null default now(),
    last_tried_at timestamptz not null default now(),
    primary key (chain, content, seq)
);
comment on table indexer.holes is 'seqs that could not be had, with the reason';

create table indexer.dead_letters (
    dead_letter_id bigint generated always as identity primary key,
    chain text collate "C" not null,
    seq bigint not null,
    path text collate "C" not null,
    stage text collate "C" not null check (stage in ('decode', 'store')),
    error text not null,
    raw bytea not null,
    created_at timestamptz not null default now(),
    unique (chain, seq, path, stage)
);
comment on table indexer.dead_letters is 'what could not be decoded or stored, kept whole';
comment on column indexer.dead_letters.path is 'where in the block; empty: the whole block';

-- Adds one proven run of seqs to coverage and merges it with the neighbours it links to.
--
-- A neighbour that touches or overlaps must link: the hashes on both sides of the seam agree. One
-- that does not is a contradiction between two answers of the chain, raised as IXC01. A run inside
-- a stored segment changes nothing.
-- Writers of the same content wait for each other here, as the last thing before they commit.
create function indexer.cover(
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
            raise exception 'block % names % (%) as its parent, but the block stored before it is % (%)',
                right_seq_new, left_seq_new, left_hash_new, left_side.right_seq, left_side.right_hash
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
comment on function indexer.cover is 'adds one proven run of seqs to coverage';
