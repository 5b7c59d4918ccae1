-- Several contents in one database, each of them provable by itself. Rows of all lie in the same
-- tables; which of them a content has is told by what the rows say, where that is enough, and else
-- by their keys, which are noted when they are written.

-- Which rows of a table a content has, in words: none where it has all that the chain holds. Tables
-- that keep one state of each thing hold rows of no one content.
create function indexer.selection(chain_name text, content_name text, table_name text)
returns text language sql immutable as $$
    select case
        when table_name in ('stellar.account_entries', 'stellar.contract_code') then ''
        when chain_name = 'solana' and table_name = 'solana.blocks'
            then case when content_name ~ ',rewards(,|;|$)' then '' else 'without rewards' end
        when chain_name = 'solana' and content_name like '%;%'
            then concat(substring(content_name from ';.*'),
                        case when content_name ~ ',votes(,|;|$)' then ';votes' end)
        when chain_name = 'solana' and table_name = 'solana.transactions'
            and content_name !~ ',votes(,|;|$)' then 'without votes'
        when chain_name = 'stellar' and content_name like 'events asked for%'
            then substring(content_name from '^(.*): ')
        else '' end
$$;
comment on function indexer.selection is 'which rows of a table a content has, in words; none: all of them';

-- The same as a condition on the rows; null where the rows themselves do not tell.
create function indexer.condition(chain_name text, content_name text, table_name text)
returns text language sql immutable as $$
    select case indexer.selection(chain_name, content_name, table_name)
        when '' then 'true'
        when 'without rewards' then 'true'
        when 'without votes' then 'not is_vote' end
$$;
comment on function indexer.condition is 'what holds of the rows of a table that a content has; null: their keys tell';

-- Columns that other contents fill in the same rows.
create function indexer.left_out(chain_name text, content_name text, table_name text)
returns text[] language sql immutable as $$
    select case indexer.selection(chain_name, content_name, table_name)
        when 'without rewards' then array['rewards', 'reward_partitions'] else '{}'::text[] end
$$;
comment on function indexer.left_out is 'the columns of a table that a content leaves null';

create table indexer.row_keys (
    content_id int not null references indexer.contents,
    table_name text collate "C" not null,
    seq bigint not null,
    keys text[] not null,
    primary key (content_id, table_name, seq)
);
comment on table indexer.row_keys is
    'the rows that a content has, for each block and table where the rows themselves do not tell; none: it has none there';
comment on column indexer.row_keys.keys is 'a key is its columns in order, with slashes between them';

-- A row's key as text.
create function indexer.key_text(row_name text, key_columns text[]) returns text
language sql immutable as $$
    select format('concat_ws(''/'', %s)', string_agg(format('%I.%I', row_name, name), ', ' order by at))
    from unnest(key_columns) with ordinality as key (name, at)
$$;
comment on function indexer.key_text is 'an expression that is the key of a row as text';

-- What contents wrote so far: where one is alone, all rows of the table are its own.
do $$
declare
    kept record;
begin
    for kept in
        select content_id, chain, content, name, array(
                   select attname::text from pg_attribute, pg_index
                   where indrelid = to_regclass(name) and indisprimary and attrelid = indrelid
                       and attnum = any(indkey)
                   order by array_position(indkey::int2[], attnum)) as key_columns
        from indexer.contents
        cross join unnest(tables) as name
        where indexer.condition(chain, content, name) is null and to_regclass(name) is not null
    loop
        execute format(
            'insert into indexer.row_keys (content_id, table_name, seq, keys) '
            'select $1, $2, known.%2$I, array_agg(%3$s) from %1$s as known '
            'join indexer.blocks as block on block.content_id = $1 and block.seq = known.%2$I '
            'where not exists ('
            '    select from indexer.segments as other'
            '    join indexer.contents as beside using (chain, content)'
            '    where other.chain = $3 and other.content <> $4 and $2 = any(beside.tables)'
            '        and known.%2$I between other.first_seq and other.last_seq) '
            'group by known.%2$I',
            to_regclass(kept.name), kept.key_columns[1],
            indexer.key_text('known', kept.key_columns))
        using kept.content_id, kept.name, kept.chain, kept.content;
    end loop;
end
$$;

-- The seqs of which other contents have rows of a table that this one may not have.
drop function indexer.shared_seqs(text, text);
create function indexer.shared_seqs(chain_name text, content_name text, table_name text)
returns int8multirange language sql stable as $$
    select coalesce(range_agg(int8range(other.first_seq, other.last_seq + 1)), '{}')
    from indexer.segments as other
    join indexer.contents as beside using (chain, content)
    where other.chain = chain_name and other.content <> content_name
        and table_name = any(beside.tables)
        and indexer.selection(chain_name, content_name, table_name) <> ''
        and indexer.selection(chain_name, content_name, table_name)
            <> indexer.selection(chain_name, other.content, table_name)
$$;
comment on function indexer.shared_seqs is
    'the seqs of which other contents may have rows of a table that this one has not';

-- The seqs of which other contents have rows of a table.
create function indexer.others_seqs(chain_name text, content_name text, table_name text)
returns int8multirange language sql stable as $$
    select coalesce(range_agg(int8range(other.first_seq, other.last_seq + 1)), '{}')
    from indexer.segments as other
    join indexer.contents as beside using (chain, content)
    where other.chain = chain_name and other.content <> content_name
        and table_name = any(beside.tables)
$$;
comment on function indexer.others_seqs is 'the seqs of which other contents have rows of a table';

-- What is true of a row, named stale, that another content has, or may have: of a block that was
-- written before keys were noted nobody knows.
create function indexer.claimed(
    chain_name text, content_name text, table_name text, key_columns text[]
) returns text language sql stable as $$
    select coalesce(string_agg(format(
        'exists (select from indexer.blocks as held '
        'left join indexer.row_keys as noted on noted.content_id = held.content_id '
        'and noted.table_name = %1$L and noted.seq = held.seq '
        'where held.content_id = %2$s and held.seq = stale.%3$I and (%4$s))',
        table_name, content_id, key_columns[1],
        coalesce(
            indexer.condition(chain, content, table_name),
            format('%s = any(noted.keys) or noted.keys is null and held.row_counts[%s] > 0',
                   indexer.key_text('stale', key_columns), array_position(tables, table_name)))),
        ' or '), 'false')
    from indexer.contents
    where chain = chain_name and content <> content_name and table_name = any(tables)
$$;
comment on function indexer.claimed is 'what is true of a row that another content has';

-- Deletes the rows of some runs of seqs that a content has, but those whose keys are named: what an
-- older decoder, or another fork, left behind. A narrower content's rows are among those of a wider
-- one, so that what is stale for this is stale for all; rows that only another may have stay. Where
-- keys tell, rows that no other content has are this one's, or nobody's.
drop function indexer.prune(text, text[], bigint[], bigint[], text[]);
create function indexer.prune(
    chain_name text, content_name text, table_name text, key_columns text[], firsts bigint[],
    lasts bigint[], kept text[]
) returns bigint language plpgsql as $$
declare
    pruned bigint;
begin
    execute format(
        'delete from %s as stale using unnest($1, $2) as run (first_seq, last_seq) '
        'where stale.%I between run.first_seq and run.last_seq '
        'and %s <> all ($3) and (%s or not (%s))',
        table_name::regclass, key_columns[1], indexer.key_text('stale', key_columns),
        coalesce(indexer.condition(chain_name, content_name, table_name), 'false'),
        indexer.claimed(chain_name, content_name, table_name, key_columns))
    using firsts, lasts, kept;
    get diagnostics pruned = row_count;
    return pruned;
end
$$;
comment on function indexer.prune is
    'deletes the rows of a content in runs of seqs but those whose keys are named';

-- Deletes the rows of some runs of seqs that no other content has.
create function indexer.erase(
    chain_name text, content_name text, table_name text, key_columns text[], firsts bigint[],
    lasts bigint[]
) returns void language plpgsql as $$
begin
    execute format(
        'delete from %s as stale using unnest($1, $2) as run (first_seq, last_seq) '
        'where stale.%I between run.first_seq and run.last_seq and not (%s)',
        table_name::regclass, key_columns[1],
        indexer.claimed(chain_name, content_name, table_name, key_columns))
    using firsts, lasts;
    delete from indexer.row_keys as noted
    using indexer.contents as known, unnest(firsts, lasts) as run (first_seq, last_seq)
    where known.chain = chain_name and known.content = content_name
        and noted.content_id = known.content_id and noted.table_name = erase.table_name
        and noted.seq between run.first_seq and run.last_seq;
end
$$;
comment on function indexer.erase is 'deletes the rows of runs of seqs that no other content has';

-- Other contents that hold the very blocks that are found not to be of the chain lose them, too.
create function indexer.disown(
    chain_name text, content_name text, firsts bigint[], lasts bigint[]
) returns void language plpgsql as $$
declare
    same record;
begin
    for same in
        select beside.content, other.seq
        from indexer.contents as known
        join indexer.blocks as block using (content_id)
        join unnest(firsts, lasts) as run (first_seq, last_seq)
            on block.seq between run.first_seq and run.last_seq
        join indexer.contents as beside on beside.chain = known.chain
            and beside.content_id <> known.content_id
        join indexer.blocks as other on other.content_id = beside.content_id
            and other.seq = block.seq and other.hash in (block.hash, 'asked')
        where known.chain = chain_name and known.content = content_name and block.hash <> 'asked'
        order by beside.content_id, other.seq
    loop
        perform indexer.uncover(chain_name, same.content, same.seq, same.seq);
    end loop;
end
$$;
comment on function indexer.disown is 'takes blocks that are not of the chain from the other contents that hold them';

-- Notes which rows of a table a content has of some blocks. Those that it had and has no more are
-- deleted, unless another content has them.
create function indexer.note_keys(
    chain_name text, content_name text, table_name text, key_columns text[], seqs bigint[],
    keys text[]
) returns void language plpgsql as $$
#variable_conflict use_column
declare
    id int;
begin
    select content_id into id from indexer.contents
    where chain = chain_name and content = content_name;
    execute format(
        'delete from %1$s as stale using ('
        '    select known.seq, array(select unnest(known.keys)'
        '                            except select unnest(new.keys::text[])) as gone'
        '    from indexer.row_keys as known join unnest($3, $4) as new (seq, keys) using (seq)'
        '    where known.content_id = $1 and known.table_name = $2'
        '        and known.keys <> new.keys::text[]'
        ') as changed '
        'where stale.%2$I = changed.seq and %3$s = any(changed.gone) and not (%4$s)',
        table_name::regclass, key_columns[1], indexer.key_text('stale', key_columns),
        indexer.claimed(chain_name, content_name, table_name, key_columns))
    using id, note_keys.table_name, seqs, note_keys.keys;
    delete from indexer.row_keys as known using unnest(seqs, note_keys.keys) as new (seq, keys)
    where known.content_id = id and known.table_name = note_keys.table_name
        and known.seq = new.seq and new.keys = '{}';
    insert into indexer.row_keys as known (content_id, table_name, seq, keys)
    select id, note_keys.table_name, new.seq, new.keys::text[]
    from unnest(seqs, note_keys.keys) as new (seq, keys)
    where new.keys <> '{}'
    order by new.seq
    on conflict on constraint row_keys_pkey do update set keys = excluded.keys
    where known.keys <> excluded.keys;
end
$$;
comment on function indexer.note_keys is 'notes which rows of a table a content has of some blocks';

-- The keys of the rows that a content has of [begin_asked, end_asked).
create function indexer.member_keys(
    chain_name text, content_name text, table_name text, key_columns text[],
    begin_asked bigint, end_asked bigint
) returns table (key text) language plpgsql stable as $$
declare
    condition text := indexer.condition(chain_name, content_name, table_name);
begin
    if condition is null then
        return query
            select unnest(noted.keys) from indexer.row_keys as noted
            join indexer.contents as known using (content_id)
            where known.chain = chain_name and known.content = content_name
                and noted.table_name = member_keys.table_name
                and noted.seq >= begin_asked and noted.seq < end_asked;
        return;
    end if;
    return query execute format(
        'select %3$s from %1$s as known where %2$I >= $1 and %2$I < $2 and %4$s',
        table_name::regclass, key_columns[1], indexer.key_text('known', key_columns), condition)
    using begin_asked, end_asked;
end
$$;
comment on function indexer.member_keys is 'the keys of the rows of a table that a content has';

-- The seqs of which a table holds rows that no content has.
create function indexer.unclaimed(
    chain_name text, content_name text, table_name text, key_columns text[],
    begin_asked bigint, end_asked bigint
) returns table (seq bigint, finding text) language plpgsql stable as $$
declare
    shared int8multirange := indexer.shared_seqs(chain_name, content_name, table_name);
begin
    if isempty(shared) then
        return;
    end if;
    return query execute format(
        'select stale.%2$I, format(''%%s rows that no content has'', count(*)) from %1$s as stale '
        'where %2$I >= $1 and %2$I < $2 and $3 @> %2$I and not (%3$s) '
        'group by 1 order by 1 limit 1000',
        table_name::regclass, key_columns[1],
        indexer.claimed(chain_name, '', table_name, key_columns))
    using begin_asked, end_asked, shared;
end
$$;
comment on function indexer.unclaimed is 'seqs of which a table holds rows that no content has';

create or replace function indexer.wrong_counts(
    chain_name text, content_name text, table_name text, seq_column text,
    begin_asked bigint, end_asked bigint
) returns table (seq bigint, finding text) language plpgsql stable as $$
declare
    id int;
    place int;
    condition text := indexer.condition(chain_name, content_name, table_name);
    shared int8multirange := indexer.shared_seqs(chain_name, content_name, table_name);
begin
    select content_id, array_position(tables, table_name) into id, place from indexer.contents
    where chain = chain_name and content = content_name;
    if place is null then
        return;
    end if;
    return query execute format(
        'select seq, format(''%%s rows, %%s'', coalesce(found.rows, 0),'
        '    case when written.seq is null then ''but no block is stored there'''
        '         else written.rows || '' were written'' end) '
        'from ('
        '    select %2$I as seq, count(*) %3$s as rows from %1$s'
        '    where %2$I >= $2 and %2$I < $3 group by 1 order by 1'
        ') as found '
        'full join ('
        '    select seq, row_counts[$4] as rows, row_counts is null as unknown'
        '    from indexer.blocks where content_id = $1 and seq >= $2 and seq < $3 order by seq'
        ') as written using (seq) '
        'where coalesce(found.rows, 0) <> coalesce(written.rows, 0) '
        '    and written.unknown is not true '
        '    and not (written.seq is null and $6 @> seq) '
        '    and not ($7 and $5 @> seq and coalesce(found.rows, 0) > coalesce(written.rows, 0)) '
        'order by 1 limit 1000',
        table_name::regclass, seq_column,
        case when condition <> 'true' and not isempty(shared)
             then format('filter (where %s or not $5 @> %I)', condition, seq_column) else '' end)
    using id, begin_asked, end_asked, place, shared,
        indexer.others_seqs(chain_name, content_name, table_name), condition is null;
end
$$;

create or replace function indexer.wrong_order(
    chain_name text, content_name text, table_name text, key_columns text[], name_column text,
    begin_asked bigint, end_asked bigint
) returns table (seq bigint, finding text) language plpgsql stable as $$
declare
    id int;
    place int;
    condition text := indexer.condition(chain_name, content_name, table_name);
    shared int8multirange := indexer.shared_seqs(chain_name, content_name, table_name);
begin
    select content_id, array_position(tables, table_name) into id, place from indexer.contents
    where chain = chain_name and content = content_name;
    return query execute format(
        'select seq, ''the transactions are not those that were written, or not in their order'' '
        'from ('
        '    select seq, count(*) as rows, string_agg(name, '''') as names'
        '    from ('
        '        select %2$I as seq, %4$I as name from %1$s'
        '        where %2$I >= $2 and %2$I < $3 %5$s order by %3$s'
        '    ) as named group by seq order by seq'
        ') as found '
        'join ('
        '    select seq, row_counts[$4] as rows, order_digest'
        '    from indexer.blocks where content_id = $1 and seq >= $2 and seq < $3 order by seq'
        ') as written using (seq) '
        'where written.rows = found.rows'
        '    and written.order_digest <> sha256(convert_to(found.names, ''UTF8''))'
        '    and not ($6 and $5 @> seq) '
        'order by 1 limit 1000',
        table_name::regclass, key_columns[1],
        (select string_agg(quote_ident(name), ', ' order by at)
         from unnest(key_columns) with ordinality as key (name, at)), name_column,
        case when condition <> 'true' and not isempty(shared)
             then format('and (%s or not $5 @> %I)', condition, key_columns[1]) else '' end)
    using id, begin_asked, end_asked, place, shared, condition is null;
end
$$;
