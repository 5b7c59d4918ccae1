-- The dead letters of a chain in [$3, $4), of one content or, when $2 is empty, of all, without
-- their bytes.
select dead_letter_id, content, seq, path, stage, error, endpoint, decoder_version,
       octet_length(raw) as bytes,
       to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at
from indexer.dead_letters
where chain = $1 and ($2 = '' or content = $2) and seq >= $3 and seq < $4
order by seq, path, dead_letter_id
