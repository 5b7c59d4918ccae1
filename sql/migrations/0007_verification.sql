-- Questions that indexer verify asks of any table of any chain. Each answers with the seqs where
-- something is wrong, at most a thousand, and says what.

-- Where other contents cover the same seqs, the tables hold the rows of all of them.
create function indexer.shared_seqs(chain_name text, content_name text) returns int8multirange
language sql stable as $$
    select coalesce(range_agg(int8range(first_seq, last_seq + 1)), '{}') from indexer.segments
    where chain = chain_name and content <> content_name
$$;
comment on function indexer.shared_seqs is 'the seqs of a content that other contents cover as well';

create function indexer.wrong_counts(
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
        'with found as ('
        '    select %2$I as seq, count(*) as rows from %1$s'
        '    where %2$I >= $2 and %2$I < $3 group by 1'
        '), written as ('
        '    select seq, row_counts[$4] as rows, row_counts is null as unknown'
        '    from indexer.blocks where content_id = $1 and seq >= $2 and seq < $3'
        ') '
        'select seq, format(''%%s rows, %%s'', coalesce(found.rows, 0),'
        '    case when written.seq is null then ''but no block is stored there'''
        '         else written.rows || '' were written'' end) '
        'from found full join written using (seq) '
        'where coalesce(found.rows, 0) <> coalesce(written.rows, 0) '
        '    and written.unknown is not true '
        '    and not ($5 @> seq and coalesce(found.rows, 0) > coalesce(written.rows, 0)) '
        'order by 1 limit 1000',
        table_name::regclass, seq_column)
    using id, begin_asked, end_asked, place, indexer.shared_seqs(chain_name, content_name);
end
$$;
comment on function indexer.wrong_counts is 'seqs that have more or fewer rows in a table than were written';

create function indexer.wrong_order(
    chain_name text, content_name text, table_name text, key_columns text[], name_column text,
    begin_asked bigint, end_asked bigint
) returns table (seq bigint, finding text) language plpgsql stable as $$
begin
    return query execute format(
        'select found.seq, ''the transactions are not those that were written, or not in their order'' '
        'from ('
        '    select %2$I as seq, count(*) as rows,'
        '           sha256(convert_to(string_agg(%4$I, '''' order by %3$s), ''UTF8'')) as digest'
        '    from %1$s where %2$I >= $3 and %2$I < $4 group by 1'
        ') as found '
        'join indexer.blocks as written using (seq) '
        'join indexer.contents as known using (content_id) '
        'where known.chain = $1 and known.content = $2 and written.order_digest <> found.digest'
        '    and written.row_counts[array_position(known.tables, $5)] = found.rows'
        '    and not $6 @> seq '
        'order by 1 limit 1000',
        table_name::regclass, key_columns[1],
        (select string_agg(quote_ident(name), ', ' order by at)
         from unnest(key_columns) with ordinality as key (name, at)), name_column)
    using chain_name, content_name, begin_asked, end_asked, table_name,
        indexer.shared_seqs(chain_name, content_name);
end
$$;
comment on function indexer.wrong_order is 'seqs whose transactions are other ones than those written, or stand in another order';
