-- What another endpoint's blocks say otherwise than what was noted of them. Digests of rows are
-- compared where the same decoder made the rows.
select new.seq, finding
from unnest($5::bigint[], $6::text[], $7::bigint[], $8::text[], $9::bigint[], $10::bigint[],
            $11::text[], $12::text[], $13::bytea[])
    as new (seq, hash, parent_seq, parent_hash, height, transactions, row_counts, row_digests,
            order_digest)
left join (
    select block.* from indexer.blocks as block join indexer.contents as content using (content_id)
    where content.chain = $1 and content.content = $2 and content.tables = $3::text[]
) as known using (seq)
cross join lateral (values
    (case when known.seq is null
          then format('there is block %s, where it is proven that there is none', new.hash) end),
    (case when new.hash <> known.hash
          then format('the hash is %s there, %s here', new.hash, known.hash) end),
    (case when (new.parent_seq, new.parent_hash) <> (known.parent_seq, known.parent_hash)
          then format('the parent is %s (%s) there, %s (%s) here', new.parent_seq, new.parent_hash,
                      known.parent_seq, known.parent_hash) end),
    (case when new.height <> known.height
          then format('the height is %s there, %s here', new.height, known.height) end),
    (case when new.transactions <> known.transactions
          then format('%s transactions there, %s here', new.transactions, known.transactions) end),
    (case when new.order_digest <> known.order_digest
          then 'the names of the transactions, or their order, differ' end),
    (case when new.row_counts::int[] <> known.row_counts and known.decoder_version = $4::int
          then format('numbers of rows are %s there, %s here', new.row_counts,
                      known.row_counts) end),
    (case when new.row_counts::int[] = known.row_counts and known.decoder_version = $4::int
              and new.row_digests::bigint[] <> known.row_digests
          then 'rows differ' end)
) as difference (finding)
where finding is not null
order by new.seq
