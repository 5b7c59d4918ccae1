-- Every segment of a chain, in order.
select content, first_seq, last_seq, left_seq, left_hash, right_seq, right_hash, blocks, skipped,
       transactions
from indexer.segments
where chain = $1
order by content, first_seq
