-- The blocks that a content holds in [$3, $4), but for those in the runs of seqs from $5 to $6.
select block.seq
from indexer.blocks as block
join indexer.contents as known using (content_id)
where known.chain = $1 and known.content = $2
    and block.seq >= $3::bigint and block.seq < $4::bigint
    and not coalesce(
        (select range_agg(int8range(first_seq, last_seq + 1))
         from unnest($5::bigint[], $6::bigint[]) as run (first_seq, last_seq)), '{}') @> block.seq
order by block.seq
