-- Which of these blocks have less in them than the same blocks that are stored, and what of it.
select
    stored.seq,
    case
        when served.transactions < stored.transactions
            then format('%s of the %s transactions that are stored', served.transactions,
                        stored.transactions)
        else format('%s dead letters where rows are stored', served.letters)
    end
from unnest($3::bigint[], $4::text[], $5::bigint[], $6::bigint[], $7::text[])
    as served (seq, hash, transactions, letters, row_counts)
join indexer.contents as known on known.chain = $1 and known.content = $2
join indexer.blocks as stored
    on stored.content_id = known.content_id and stored.seq = served.seq
        and stored.hash = served.hash
where served.transactions < stored.transactions
    or (
        served.letters > (
            select count(*) from indexer.dead_letters as letter
            where letter.chain = $1 and letter.content = $2 and letter.seq = stored.seq
        )
        and exists (
            select from unnest(stored.row_counts, served.row_counts::int[]) as rows (before, now)
            where now < before
        )
    )
order by stored.seq
