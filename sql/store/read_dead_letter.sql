-- One dead letter, its bytes in hexadecimal digits.
select dead_letter_id, content, seq, path, stage, error, endpoint, decoder_version,
       octet_length(raw) as bytes,
       to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at,
       encode(raw, 'hex') as raw
from indexer.dead_letters
where chain = $1 and dead_letter_id = $2
