-- What indexer verify, gaps and repair ask of blocks that another tool stored, through a view of the
-- user's with a row a block: seq bigint, hash text, parent_seq bigint, parent_hash text and, if it has
-- them, transactions bigint (what the block says) and transaction_rows bigint (what is stored of it).

-- A block proves that there is none between it and its parent, and that its parent is there. So of
-- each two neighbours, and of each end that was asked for, either the links agree, or blocks are
-- missing up to the parent, or the two contradict. The blocks on both sides of what was asked for
-- take part: the one behind proves the end.
create function indexer.judge_view(view_name text, begin_asked bigint, end_asked bigint)
returns table (first_seq bigint, end_seq bigint, is_gap boolean, what text)
language plpgsql stable as $$
declare
    counts text := 'null::bigint as transactions, null::bigint as transaction_rows';
begin
    if (select count(*) from pg_attribute
        where attrelid = view_name::regclass and not attisdropped
            and attname in ('transactions', 'transaction_rows')) = 2 then
        counts := 'transactions::bigint, transaction_rows::bigint';
    end if;
    return query execute format(
        'with block as ('
        '    select seq::bigint, hash::text, parent_seq::bigint, parent_hash::text, %2$s from %1$s'
        '    where seq >= coalesce((select max(seq) from %1$s where seq < $1), $1)'
        '        and seq <= coalesce((select min(seq) from %1$s where seq >= $2), $2)'
        '), judged as ('
        '    select *, lag(seq) over in_order as before_seq, lag(hash) over in_order as before_hash,'
        '           coalesce(lag(seq) over in_order, $1 - 1) as proven_to'
        '    from block window in_order as (order by seq)'
        '), gap as ('
        '    select proven_to + 1 as first_seq, least(parent_seq + 1, $2) as end_seq,'
        '           format(''block %%s names %%s (%%s) as its parent, which is not there'','
        '                  seq, parent_seq, parent_hash) as what'
        '    from judged where seq >= $1 and parent_seq > proven_to and parent_seq < seq'
        '    union all'
        '    select coalesce(max(seq) + 1, $1), $2,'
        '           ''there is no block behind it that would prove what is there'''
        '    from block having max(seq) is null or max(seq) < $2 - 1'
        '), finding as ('
        '    select seq as first_seq, seq + 1 as end_seq, case'
        '        when hash is null or parent_seq is null or parent_hash is null'
        '            then ''the hash or the parent is null'''
        '        when seq = before_seq then ''there is more than one row of it'''
        '        when parent_seq >= seq and seq > 0 then format(''names %%s as its parent'', parent_seq)'
        '        when (parent_seq, parent_hash) <> (before_seq, before_hash)'
        '                and parent_seq <= before_seq'
        '            then format(''names %%s (%%s) as its parent, but the block before it is %%s (%%s)'','
        '                        parent_seq, parent_hash, before_seq, before_hash)'
        '        when transactions <> transaction_rows'
        '            then format(''%%s rows of transactions, but the block says %%s'','
        '                        transaction_rows, transactions)'
        '        end as what'
        '    from judged where seq >= $1'
        ') '
        '(select gap.first_seq, gap.end_seq, true, gap.what from gap'
        ' where gap.first_seq < gap.end_seq order by 1) '
        'union all '
        '(select finding.first_seq, finding.end_seq, false, finding.what from finding'
        ' where finding.what is not null order by 1 limit 1000)',
        view_name::regclass, counts)
    using begin_asked, end_asked;
end
$$;
comment on function indexer.judge_view is 'what is missing or wrong among blocks that another tool stored';

create function indexer.view_extent(view_name text)
returns table (first_seq bigint, last_seq bigint) language plpgsql stable as $$
begin
    return query execute format('select min(seq)::bigint, max(seq)::bigint from %s', view_name::regclass);
end
$$;
comment on function indexer.view_extent is 'from where to where blocks that another tool stored reach';

create function indexer.view_certificate(view_name text, begin_asked bigint, end_asked bigint)
returns table (
    blocks bigint, transactions bigint, first_seq bigint, first_hash text, last_seq bigint,
    last_hash text
) language plpgsql stable as $$
begin
    return query execute format(
        'with held as ('
        '    select count(*) as blocks, %2$s as transactions, min(seq) as first_seq,'
        '           max(seq) as last_seq'
        '    from %1$s where seq >= $1 and seq < $2'
        ') '
        'select blocks, transactions, first_seq::bigint,'
        '       (select min(hash::text) from %1$s where seq = first_seq),'
        '       last_seq::bigint, (select min(hash::text) from %1$s where seq = last_seq) '
        'from held',
        view_name::regclass,
        case when exists (select from pg_attribute
                          where attrelid = view_name::regclass and attname = 'transactions')
             then 'coalesce(sum(transactions), 0)::bigint' else '0::bigint' end)
    using begin_asked, end_asked;
end
$$;
comment on function indexer.view_certificate is 'what blocks that another tool stored add up to';
