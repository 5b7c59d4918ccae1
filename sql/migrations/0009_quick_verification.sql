-- The same questions of indexer verify, asked so that both sides are read in the order of their
-- primary keys and merged, whatever the planner thinks of their sizes: no sorting, no hashing, and
-- no memory that grows with the range.

create or replace function indexer.wrong_counts(
    chain_name text, content_name text, table_name text, seq_column text,
    begin_asked bigint, end_asked bigint
) returns table (seq bigint, finding text) language plpgsql stable as $$
declare
    id int;
    place int;
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
        '    select %2$I as seq, count(*) as rows from %1$s'
        '    where %2$I >= $2 and %2$I < $3 group by 1 order by 1'
        ') as found '
        'full join ('
        '    select seq, row_counts[$4] as rows, row_counts is null as unknown'
        '    from indexer.blocks where content_id = $1 and seq >= $2 and seq < $3 order by seq'
        ') as written using (seq) '
        'where coalesce(found.rows, 0) <> coalesce(written.rows, 0) '
        '    and written.unknown is not true '
        '    and not ($5 @> seq and coalesce(found.rows, 0) > coalesce(written.rows, 0)) '
        'order by 1 limit 1000',
        table_name::regclass, seq_column)
    using id, begin_asked, end_asked, place, indexer.shared_seqs(chain_name, content_name);
end
$$;

create or replace function indexer.wrong_order(
    chain_name text, content_name text, table_name text, key_columns text[], name_column text,
    begin_asked bigint, end_asked bigint
) returns table (seq bigint, finding text) language plpgsql stable as $$
declare
    id int;
    place int;
begin
    select content_id, array_position(tables, table_name) into id, place from indexer.contents
    where chain = chain_name and content = content_name;
    return query execute format(
        'select seq, ''the transactions are not those that were written, or not in their order'' '
        'from ('
        '    select seq, count(*) as rows, string_agg(name, '''') as names'
        '    from ('
        '        select %2$I as seq, %4$I as name from %1$s'
        '        where %2$I >= $2 and %2$I < $3 order by %3$s'
        '    ) as named group by seq order by seq'
        ') as found '
        'join ('
        '    select seq, row_counts[$4] as rows, order_digest'
        '    from indexer.blocks where content_id = $1 and seq >= $2 and seq < $3 order by seq'
        ') as written using (seq) '
        'where written.rows = found.rows'
        '    and written.order_digest <> sha256(convert_to(found.names, ''UTF8''))'
        '    and not $5 @> seq '
        'order by 1 limit 1000',
        table_name::regclass, key_columns[1],
        (select string_agg(quote_ident(name), ', ' order by at)
         from unnest(key_columns) with ordinality as key (name, at)), name_column)
    using id, begin_asked, end_asked, place, indexer.shared_seqs(chain_name, content_name);
end
$$;

-- All tables' sums in one pass over the blocks.
create function indexer.rows_written(
    chain_name text, content_name text, begin_asked bigint, end_asked bigint
) returns table (table_name text, rows bigint) language plpgsql stable as $$
declare
    known indexer.contents;
    sums bigint[];
begin
    select * into known from indexer.contents where chain = chain_name and content = content_name;
    execute format(
        'select array[%s]::bigint[] from indexer.blocks '
        'where content_id = $1 and seq >= $2 and seq < $3',
        (select string_agg(format('sum(row_counts[%s])', place), ', ' order by place)
         from generate_subscripts(known.tables, 1) as place))
    into sums using known.content_id, begin_asked, end_asked;
    return query
        select name, coalesce(sums[place], 0)
        from unnest(known.tables) with ordinality as written (name, place) order by place;
end
$$;
comment on function indexer.rows_written is 'rows by table that were written for the blocks of a range';
