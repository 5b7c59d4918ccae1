-- Tables that hold one state of each thing, the newest or the first, know which block set it. When a
-- block is replaced or taken back, what it set and its successor does not goes, too: the state is
-- then unknown until it was taken from the block that now is the newest, or first, to have set it.

-- Addresses and digests do not get shorter by compression: to try takes as long as all the rest.
alter table indexer.row_keys add column digests bigint[];
alter table indexer.row_keys alter keys set storage external, alter digests set storage external;
comment on column indexer.row_keys.digests is 'of these rows, in tables of states';

-- Which of several states of a thing a table holds; null where it holds rows of blocks.
create function indexer.state_kept(table_name text) returns text language sql immutable as $$
    select case table_name when 'stellar.account_entries' then 'newest'
                           when 'stellar.contract_code' then 'first' end
$$;
comment on function indexer.state_kept is 'which of several states of a thing a table holds';

create table indexer.unknown_states (
    chain text collate "C" not null,
    table_name text collate "C" not null,
    key text collate "C" not null,
    seq bigint not null,
    primary key (chain, table_name, key)
);
comment on table indexer.unknown_states is 'states that were taken back with the block that had set them, and not yet found anew';
comment on column indexer.unknown_states.seq is 'of that block';

-- Takes back the states that blocks set: a key each with the block's seq.
create function indexer.take_back_states(
    chain_name text, table_name text, key_column text, seq_column text, keys text[], seqs bigint[]
) returns void language plpgsql as $$
begin
    execute format(
        'with gone as ('
        '    delete from %1$s as stale using unnest($3, $4) as taken (key, seq) '
        '    where stale.%2$I = taken.key and stale.%3$I = taken.seq returning taken.key, taken.seq'
        ') '
        'insert into indexer.unknown_states (chain, table_name, key, seq) '
        'select $1, $2, key, seq from gone order by key '
        'on conflict (chain, table_name, key) do update set seq = excluded.seq',
        table_name::regclass, key_column, seq_column)
    using chain_name, table_name, keys, seqs;
end
$$;
comment on function indexer.take_back_states is 'takes back the states that blocks set';

-- Notes which states a content's blocks set. What an earlier version of the same block had set, and
-- this one does not, is taken back, unless another content's has it.
create function indexer.note_states(
    chain_name text, content_name text, table_name text, key_columns text[], seqs bigint[],
    keys text[], digests text[]
) returns void language plpgsql as $$
#variable_conflict use_column
declare
    id int;
    gone record;
begin
    select content_id into id from indexer.contents
    where chain = chain_name and content = content_name;
    select array_agg(key) as keys, array_agg(seq) as seqs into gone
    from (
        select unnest(known.keys) as key, known.seq
        from indexer.row_keys as known
        join unnest(seqs, note_states.keys) as new (seq, keys) using (seq)
        where known.content_id = id and known.table_name = note_states.table_name
            and known.keys <> new.keys::text[]
        except
        select unnest(new.keys::text[]), new.seq
        from unnest(seqs, note_states.keys) as new (seq, keys)
    ) as vanished
    where not exists (
        select from indexer.row_keys as other
        join indexer.blocks as block using (content_id, seq)
        where other.content_id <> id and other.table_name = note_states.table_name
            and other.seq = vanished.seq and vanished.key = any(other.keys));
    if gone.keys is not null then
        perform indexer.take_back_states(
            chain_name, note_states.table_name, key_columns[1], key_columns[2], gone.keys, gone.seqs);
    end if;
    delete from indexer.row_keys as known using unnest(seqs, note_states.keys) as new (seq, keys)
    where known.content_id = id and known.table_name = note_states.table_name
        and known.seq = new.seq and new.keys = '{}';
    insert into indexer.row_keys as known (content_id, table_name, seq, keys, digests)
    select id, note_states.table_name, new.seq, new.keys::text[], new.digests::bigint[]
    from unnest(seqs, note_states.keys, note_states.digests) as new (seq, keys, digests)
    where new.keys <> '{}'
    order by new.seq
    on conflict on constraint row_keys_pkey
    do update set keys = excluded.keys, digests = excluded.digests
    where (known.keys, known.digests) is distinct from (excluded.keys, excluded.digests);
end
$$;
comment on function indexer.note_states is 'notes which states a content''s blocks set';

-- Takes back the states that a content's blocks in runs of seqs set, but those that another content's
-- have. Of blocks that were written before states were noted, each row tells its own.
create function indexer.erase_states(
    chain_name text, content_name text, table_name text, key_columns text[], firsts bigint[],
    lasts bigint[]
) returns void language plpgsql as $$
#variable_conflict use_column
declare
    known indexer.contents;
    gone record;
    is_noted boolean;
begin
    select * into known from indexer.contents where chain = chain_name and content = content_name;
    select not exists (
        select from indexer.blocks as block
        join unnest(firsts, lasts) as run (first_seq, last_seq)
            on block.seq between run.first_seq and run.last_seq
        where block.content_id = known.content_id
            and block.row_counts[array_position(known.tables, erase_states.table_name)] > 0
            and not exists (
                select from indexer.row_keys as noted
                where noted.content_id = known.content_id and noted.seq = block.seq
                    and noted.table_name = erase_states.table_name)) into is_noted;
    if is_noted then
        select array_agg(key) as keys, array_agg(seq) as seqs into gone
        from (
            select unnest(noted.keys) as key, noted.seq
            from indexer.row_keys as noted
            join unnest(firsts, lasts) as run (first_seq, last_seq)
                on noted.seq between run.first_seq and run.last_seq
            where noted.content_id = known.content_id
                and noted.table_name = erase_states.table_name
        ) as taken
        where not exists (
            select from indexer.row_keys as other
            join indexer.blocks as block using (content_id, seq)
            where other.content_id <> known.content_id
                and other.table_name = erase_states.table_name
                and other.seq = taken.seq and taken.key = any(other.keys));
    else
        execute format(
            'select array_agg(%2$I) as keys, array_agg(%3$I) as seqs from %1$s '
            'join unnest($1, $2) as run (first_seq, last_seq) '
            'on %3$I between run.first_seq and run.last_seq',
            erase_states.table_name::regclass, key_columns[1], key_columns[2])
        into gone using firsts, lasts;
    end if;
    if gone.keys is not null then
        perform indexer.take_back_states(
            chain_name, erase_states.table_name, key_columns[1], key_columns[2], gone.keys, gone.seqs);
    end if;
    delete from indexer.row_keys as noted
    using unnest(firsts, lasts) as run (first_seq, last_seq)
    where noted.content_id = known.content_id and noted.table_name = erase_states.table_name
        and noted.seq between run.first_seq and run.last_seq;
end
$$;
comment on function indexer.erase_states is 'takes back the states that a content''s blocks set';

-- The block in [first_asked, last_asked] that sets the state of a thing, the newest or the first of
-- them; null where none is noted. Looks at a part at a time, from the end that is asked for.
create function indexer.setter(
    chain_name text, table_name text, key text, first_asked bigint, last_asked bigint
) returns bigint language plpgsql stable as $$
#variable_conflict use_column
declare
    part_size constant bigint := 20000;
    newest boolean := indexer.state_kept(table_name) = 'newest';
    first_noted bigint;
    last_noted bigint;
    first_part bigint;
    found_seq bigint;
begin
    select min(noted.seq), max(noted.seq) into first_noted, last_noted
    from indexer.row_keys as noted
    join indexer.contents as known using (content_id)
    where known.chain = chain_name and noted.table_name = setter.table_name
        and noted.seq between first_asked and last_asked;
    first_part := case when newest then last_noted - part_size + 1 else first_noted end;
    while first_part + part_size > first_noted and first_part <= last_noted loop
        select case when newest then max(noted.seq) else min(noted.seq) end into found_seq
        from indexer.row_keys as noted
        join indexer.blocks as block using (content_id, seq)
        join indexer.contents as known using (content_id)
        where known.chain = chain_name and noted.table_name = setter.table_name
            and noted.seq between greatest(first_part, first_noted)
                              and least(first_part + part_size - 1, last_noted)
            and setter.key = any(noted.keys);
        exit when found_seq is not null;
        first_part := first_part + case when newest then -part_size else part_size end;
    end loop;
    return found_seq;
end
$$;
comment on function indexer.setter is 'the block that sets the state of a thing, the newest or the first';

-- Blocks of a content in [begin_asked, end_asked) that set states before these were noted.
create function indexer.blocks_without_states(
    chain_name text, content_name text, table_name text, begin_asked bigint, end_asked bigint
) returns bigint language sql stable as $$
    select count(*)
    from indexer.contents as known
    join indexer.blocks as block using (content_id)
    where known.chain = chain_name and (content_name = '' or known.content = content_name)
        and block.seq >= begin_asked and block.seq < end_asked
        and block.row_counts[array_position(known.tables, table_name)] > 0
        and not exists (
            select from indexer.row_keys as noted
            where noted.content_id = known.content_id
                and noted.table_name = blocks_without_states.table_name and noted.seq = block.seq)
$$;
comment on function indexer.blocks_without_states is 'blocks that set states before these were noted';

-- Forgets the unknown states that are known again, or that nothing is left of; gives the blocks that
-- set the others.
create function indexer.find_setters(chain_name text, table_name text, key_columns text[])
returns table (seq bigint) language plpgsql as $$
#variable_conflict use_column
declare
    newest boolean := indexer.state_kept(table_name) = 'newest';
    unknown record;
    at_seq bigint;
    setter_seq bigint;
    not_noted bigint;
begin
    for unknown in
        select key, seq from indexer.unknown_states
        where chain = chain_name and table_name = find_setters.table_name order by key
    loop
        execute format('select %I from %s where %I = $1', key_columns[2],
                       find_setters.table_name::regclass, key_columns[1])
        into at_seq using unknown.key;
        -- What was taken back was the newest, or the first: only what lies between can be better.
        if newest then
            setter_seq := case when at_seq >= unknown.seq then null else indexer.setter(
                chain_name, find_setters.table_name, unknown.key, coalesce(at_seq + 1, 0),
                unknown.seq) end;
        else
            setter_seq := case when at_seq <= unknown.seq then null else indexer.setter(
                chain_name, find_setters.table_name, unknown.key, unknown.seq,
                coalesce(at_seq - 1, 9223372036854775807)) end;
        end if;
        if setter_seq is null and at_seq is null then
            not_noted := coalesce(not_noted, indexer.blocks_without_states(
                chain_name, '', find_setters.table_name, 0, 9223372036854775807));
            continue when not_noted > 0;
        end if;
        if setter_seq is null then
            delete from indexer.unknown_states
            where chain = chain_name and table_name = find_setters.table_name and key = unknown.key;
        else
            seq := setter_seq;
            return next;
        end if;
    end loop;
end
$$;
comment on function indexer.find_setters is 'the blocks that set the states that are unknown';

-- States that are not what the blocks in [begin_asked, end_asked) make them.
create function indexer.wrong_states(
    chain_name text, content_name text, table_name text, key_columns text[], begin_asked bigint,
    end_asked bigint
) returns table (seq bigint, finding text) language plpgsql stable as $$
begin
    return query execute format(
        'select noted.seq, case when stored.%2$I is null then format(''%%s is not there'', key)'
        '    else format(''%%s says %%s'', key, stored.%3$I) end as finding '
        'from indexer.row_keys as noted '
        'join indexer.contents as known using (content_id) '
        'join indexer.blocks as block using (content_id, seq) '
        'cross join lateral unnest(noted.keys) as key '
        'left join %1$s as stored on stored.%2$I = key '
        'where known.chain = $1 and known.content = $2 and noted.table_name = $3 '
        '    and noted.seq >= $4 and noted.seq < $5 '
        '    and (stored.%3$I %4$s noted.seq or stored.%2$I is null) '
        'order by 1, 2 limit 1000',
        table_name::regclass, key_columns[1], key_columns[2],
        case when indexer.state_kept(table_name) = 'newest' then '<' else '>' end)
    using chain_name, content_name, table_name, begin_asked, end_asked;
end
$$;
comment on function indexer.wrong_states is 'states that are not what blocks make them';

-- States that no block set, of those that say that one in [begin_asked, end_asked) did.
create function indexer.baseless_states(
    chain_name text, table_name text, key_columns text[], begin_asked bigint, end_asked bigint
) returns table (seq bigint, finding text) language plpgsql stable as $$
begin
    return query execute format(
        'select stored.%3$I, format(''%%s was not set there'', stored.%2$I) from %1$s as stored '
        'where stored.%3$I >= $3 and stored.%3$I < $4 and not exists ('
        '    select from indexer.contents as known'
        '    join indexer.row_keys as noted using (content_id)'
        '    where known.chain = $1 and noted.table_name = $2 and noted.seq = stored.%3$I'
        '        and stored.%2$I = any(noted.keys)) '
        'order by 1 limit 1000',
        table_name::regclass, key_columns[1], key_columns[2])
    using chain_name, table_name, begin_asked, end_asked;
end
$$;
comment on function indexer.baseless_states is 'states that no block set';
