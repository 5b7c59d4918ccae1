-- The blocks of a content that set states which are unknown.
select distinct setter.seq
from indexer.find_setters($1, $3, $4) as setter
join indexer.blocks as block using (seq)
join indexer.contents as known using (content_id)
where known.chain = $1 and known.content = $2
order by setter.seq
