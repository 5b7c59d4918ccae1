-- Adds the proven runs of one commit group to coverage, in ascending order.
select indexer.cover($1, $2, first_seq, last_seq, left_seq, left_hash, right_seq, right_hash, blocks,
                     transactions)
from unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[], $8::text[],
            $9::bigint[], $10::bigint[])
    as run (first_seq, last_seq, left_seq, left_hash, right_seq, right_hash, blocks, transactions)
order by last_seq
