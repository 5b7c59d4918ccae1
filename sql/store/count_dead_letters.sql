-- How many dead letters a chain has in [$3, $4), of one content or, when $2 is empty, of all.
select count(*) from indexer.dead_letters
where chain = $1 and ($2 = '' or content = $2) and seq >= $3 and seq < $4
