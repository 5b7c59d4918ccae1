-- The digests noted of the rows of one table, for the blocks in [$3, $4) whose rows can be told from
-- those of other contents.
select block.seq, block.row_digests[place] as digest
from (
    select content_id, array_position(tables, $5) as place,
           indexer.condition(chain, content, $5) is not null as tellable,
           indexer.shared_seqs(chain, content, $5) as shared
    from indexer.contents where chain = $1 and content = $2
) as known
join indexer.blocks as block using (content_id)
where block.seq >= $3::bigint and block.seq < $4::bigint and block.row_digests is not null
    and (known.tellable or not known.shared @> block.seq or block.row_counts[place] = 0
         or exists (select from indexer.row_keys as noted
                    where noted.content_id = known.content_id and noted.table_name = $5
                        and noted.seq = block.seq))
order by block.seq
