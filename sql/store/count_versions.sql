-- Blocks by the decoder that made their rows.
select content, decoder_version, count(*) as blocks
from indexer.blocks
join indexer.contents using (content_id)
where chain = $1
group by content, decoder_version
order by content, decoder_version
