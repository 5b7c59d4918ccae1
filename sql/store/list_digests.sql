-- The digests noted of the rows of one table, for the blocks in [$3, $4) that no other content
-- shares.
select seq, row_digests[array_position(tables, $5)] as digest
from indexer.blocks
join indexer.contents using (content_id)
where chain = $1 and content = $2 and seq >= $3::bigint and seq < $4::bigint
    and row_digests is not null and not (select indexer.shared_seqs($1, $2)) @> seq
order by seq
