-- How many rows of each of the tables $5 were written of block $3 by the decoder of version $4, in
-- their order; none where it was another one.
select coalesce(block.row_counts[array_position(known.tables, asked.name)], 0) as rows
from indexer.contents as known
join indexer.blocks as block using (content_id)
cross join unnest($5::text[]) with ordinality as asked (name, place)
where known.chain = $1 and known.content = $2 and block.seq = $3::bigint
    and block.decoder_version = $4::int and block.row_counts is not null
order by asked.place
