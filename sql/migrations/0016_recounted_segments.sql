-- A block of which only the links were known gets its transactions when it is decoded at last, while
-- it is covered already.

-- Adds to segments what blocks that are about to be noted again have more, or less, transactions.
create function indexer.recount_segments(
    chain_name text, content_name text, seqs bigint[], hashes text[], transactions bigint[]
) returns void language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtext('indexer.cover'), hashtext(chain_name || '/' || content_name));
    update indexer.segments as segment
    set transactions = segment.transactions + change.more
    from (
        select holder.first_seq, sum(block.transactions - noted.transactions)::bigint as more
        from unnest(seqs, hashes, transactions) as block (seq, hash, transactions)
        join indexer.contents as known on known.chain = chain_name and known.content = content_name
        join indexer.blocks as noted
            on noted.content_id = known.content_id and noted.seq = block.seq
                and noted.hash = block.hash and noted.transactions <> block.transactions
        cross join lateral (
            select first_seq, last_seq from indexer.segments
            where chain = chain_name and content = content_name and first_seq <= block.seq
            order by first_seq desc limit 1
        ) as holder
        where holder.last_seq >= block.seq
        group by holder.first_seq
    ) as change
    where segment.chain = chain_name and segment.content = content_name
        and segment.first_seq = change.first_seq;
end
$$;
comment on function indexer.recount_segments is 'counts the transactions of segments anew, of which blocks are noted again';
