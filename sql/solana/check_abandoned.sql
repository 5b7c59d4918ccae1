-- Whether blocks that the chain deleted when Alpenglow began are stored, the first of them in
-- [$2, $3).
select first_seq as seq, format(
    'solana.blocks: %s blocks up to %s hold nothing but votes, and no block goes on from them: they '
    'are of those that were deleted when Alpenglow began; indexer repair asks for them again',
    blocks, end_seq - 1) as finding
from solana.abandoned($1)
where first_seq >= $2::bigint and first_seq < $3::bigint
