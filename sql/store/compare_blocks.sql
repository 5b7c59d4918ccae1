-- What another endpoint's blocks say otherwise than what was noted of them. Digests of rows are
-- compared where the same decoder made the rows. Blocks that were only asked for, by events, have no
-- links, end where a page ends, and hold the states that were asked for with the page: of them the
-- rows are compared that are their own.
select new.seq, finding
from unnest($5::bigint[], $6::text[], $7::bigint[], $8::text[], $9::bigint[], $10::bigint[],
            $11::text[], $12::text[], $13::bytea[])
    as new (seq, hash, parent_seq, parent_hash, height, transactions, row_counts, row_digests,
            order_digest)
left join (
    select block.* from indexer.blocks as block join indexer.contents as content using (content_id)
    where content.chain = $1 and content.content = $2 and content.tables = $3::text[]
) as known using (seq)
cross join lateral (select new.hash <> 'asked' as links) as told
cross join lateral (
    select array_agg(served_rows order by place) as served_rows,
           array_agg(coalesce(stored_rows, 0) order by place) as stored_rows,
           array_agg(served_digest order by place) as served_digests,
           array_agg(stored_digest order by place) as stored_digests
    from unnest($3::text[], new.row_counts::int[], new.row_digests::bigint[], known.row_counts,
                known.row_digests) with ordinality
        as rows (name, served_rows, served_digest, stored_rows, stored_digest, place)
    where told.links or name <> 'stellar.account_entries'
) as own
cross join lateral (values
    (case when known.seq is null and told.links
          then format('there is block %s, where it is proven that there is none', new.hash)
          when known.seq is null and 0 < any(own.served_rows)
          then format('numbers of rows are %s there, where none is stored', own.served_rows) end),
    (case when new.hash <> known.hash
          then format('the hash is %s there, %s here', new.hash, known.hash) end),
    (case when told.links and (new.parent_seq, new.parent_hash)
                              <> (known.parent_seq, known.parent_hash)
          then format('the parent is %s (%s) there, %s (%s) here', new.parent_seq, new.parent_hash,
                      known.parent_seq, known.parent_hash) end),
    (case when new.height <> known.height
          then format('the height is %s there, %s here', new.height, known.height) end),
    (case when new.transactions <> known.transactions
          then format('%s transactions there, %s here', new.transactions, known.transactions) end),
    (case when new.order_digest <> known.order_digest
          then 'the names of the transactions, or their order, differ' end),
    (case when own.served_rows <> own.stored_rows and known.decoder_version = $4::int
          then format('numbers of rows are %s there, %s here', own.served_rows, own.stored_rows)
          end),
    (case when own.served_rows = own.stored_rows and known.decoder_version = $4::int
              and own.served_digests <> own.stored_digests
          then 'rows differ' end)
) as difference (finding)
where finding is not null
order by new.seq
