-- Remembers that the dead letters inside block $3 were tried again in vain.
update indexer.dead_letters
set attempts = attempts + 1, last_tried_at = now()
where chain = $1 and content = $2 and seq = $3::bigint and path <> ''
