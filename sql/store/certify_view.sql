-- What the blocks that the view $1 shows in [$2, $3) add up to.
select blocks, transactions, first_seq, first_hash, last_seq, last_hash,
       to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
from indexer.view_certificate($1, $2::bigint, $3::bigint)
