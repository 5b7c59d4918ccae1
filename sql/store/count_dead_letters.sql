-- How many dead letters a chain has in [$2, $3).
select count(*) from indexer.dead_letters where chain = $1 and seq >= $2 and seq < $3
