-- Alpenglow began on mainnet behind slot 459,652,999. Until it had, TowerBFT's leaders went on making
-- blocks of nothing but votes, and then all of those were deleted: a copy made at that hour links from
-- end to end and is none of the chain. It can be told, since no later block holds a vote of TowerBFT
-- only, and none names one of them as its parent.

-- The stored blocks of a content that are like that: the seqs from the first to the last of them, as
-- [first_seq, end_seq), and the parent that the first one names.
create function solana.abandoned(content_name text)
returns table (first_seq bigint, end_seq bigint, blocks bigint, parent_seq bigint, parent_hash text)
language plpgsql stable as $$
declare
    last_of_tower constant bigint := 459652999;
    id int;
    later bigint;
begin
    select known.content_id into id from indexer.contents as known
    where known.chain = 'solana' and known.content = content_name
        and 'solana.blocks' = any(known.tables)
        and exists (
            select from indexer.networks
            where chain = 'solana' and network = '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d');
    if id is null then
        return;
    end if;

    -- Block by block, up to the first that is no such one: there may be millions behind it.
    select noted.seq into later
    from indexer.blocks as noted
    cross join lateral (
        select from solana.blocks as stored
        where stored.slot = noted.seq and stored.transaction_count > stored.vote_count
        offset 0
    ) as other
    where noted.content_id = id and noted.seq > last_of_tower
    order by noted.seq
    limit 1;

    return query
    select run.first_block, run.last_block + 1, run.blocks, first.parent_seq, first.parent_hash
    from (
        select min(noted.seq) as first_block, max(noted.seq) as last_block, count(*) as blocks,
               sum(votes.vote_count) as votes
        from indexer.blocks as noted
        cross join lateral (
            select stored.vote_count from solana.blocks as stored
            where stored.slot = noted.seq and stored.blockhash = noted.hash
            offset 0
        ) as votes
        where noted.content_id = id and noted.seq > last_of_tower
            and (later is null or noted.seq < later)
    ) as run
    join indexer.blocks as first on first.content_id = id and first.seq = run.first_block
    where run.votes > 0 and exists (
        select from indexer.segments as segment
        where segment.chain = 'solana' and segment.content = content_name
            and segment.right_seq = run.last_block);
end
$$;
comment on function solana.abandoned is 'stored slots of mainnet whose blocks were deleted when Alpenglow began';
