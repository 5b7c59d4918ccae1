-- How many blocks of a content coverage holds in [$3, $4).
select count(*) from indexer.blocks
join indexer.contents using (content_id)
where chain = $1 and content = $2 and seq >= $3::bigint and seq < $4::bigint
