-- What is noted of the blocks in [$3, $4).
with known as (
    select content_id from indexer.contents where chain = $1 and content = $2
), told_by_keys as materialized (
    select name, place, indexer.shared_seqs($1, $2, name) as shared
    from indexer.contents
    cross join unnest(tables) with ordinality as written (name, place)
    where chain = $1 and content = $2 and indexer.condition($1, $2, name) is null
), noted as (
    select decoder_version, count(*) as blocks, sum(transactions) as transactions,
           min(seq) as first_seq, max(seq) as last_seq,
           count(*) filter (where row_digests is null) as without_digests,
           count(*) filter (where exists (
               select from indexer.witnesses as said
               where said.content_id = block.content_id and said.seq = block.seq
                   and said.hash = block.hash and said.row_digests = block.row_digests
           )) as witnessed,
           count(*) filter (where exists (
               select from told_by_keys as told
               where told.shared @> block.seq and block.row_counts[told.place] > 0
                   and not exists (
                       select from indexer.row_keys as noted
                       where noted.content_id = block.content_id and noted.table_name = told.name
                           and noted.seq = block.seq))) as shared
    from indexer.blocks as block
    where content_id = (table known) and seq >= $3::bigint and seq < $4::bigint
    group by decoder_version
), whole as (
    select coalesce(sum(blocks), 0) as blocks, coalesce(sum(transactions), 0) as transactions,
           min(first_seq) as first_seq, max(last_seq) as last_seq,
           coalesce(sum(without_digests), 0) as without_digests,
           coalesce(sum(shared), 0) as shared, coalesce(sum(witnessed), 0) as witnessed,
           string_agg(decoder_version::text, ',' order by decoder_version) as decoder_versions
    from noted
)
select blocks, transactions, first_seq,
       (select hash from indexer.blocks where content_id = (table known) and seq = first_seq)
           as first_hash,
       last_seq,
       (select hash from indexer.blocks where content_id = (table known) and seq = last_seq)
           as last_hash,
       without_digests, shared, decoder_versions, witnessed,
       to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
from whole
