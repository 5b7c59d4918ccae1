-- Notes how many endpoints served blocks just as they are stored.
insert into indexer.witnesses as known (content_id, seq, endpoints, hash, row_digests)
select content_id, seq, said.endpoints, block.hash, block.row_digests
from unnest($3::bigint[], $4::int[]) as said (seq, endpoints)
join indexer.contents as content on content.chain = $1 and content.content = $2
join indexer.blocks as block using (content_id, seq)
order by seq
on conflict (content_id, seq) do update
set endpoints = excluded.endpoints, hash = excluded.hash, row_digests = excluded.row_digests
where known is distinct from excluded
