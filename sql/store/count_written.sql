-- Rows of one table that were written for the blocks in [$3, $4).
select coalesce(sum(row_counts[array_position(tables, $5)]), 0) as rows
from indexer.blocks
join indexer.contents using (content_id)
where chain = $1 and content = $2 and seq >= $3::bigint and seq < $4::bigint
