-- What is noted of the blocks in [$3, $4).
with block as (
    select * from indexer.blocks
    where content_id = (select content_id from indexer.contents where chain = $1 and content = $2)
        and seq >= $3::bigint and seq < $4::bigint
), versions as (
    select decoder_version, count(*) as blocks from block group by decoder_version
)
select count(*) as blocks, coalesce(sum(transactions), 0) as transactions,
       min(seq) as first_seq, (select hash from block order by seq limit 1) as first_hash,
       max(seq) as last_seq, (select hash from block order by seq desc limit 1) as last_hash,
       count(*) filter (where row_digests is null) as without_digests,
       count(*) filter (where (select indexer.shared_seqs($1, $2)) @> seq) as shared,
       (select string_agg(decoder_version::text, ',' order by decoder_version) from versions)
           as decoder_versions,
       to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
from block
