-- How many states of the tables $2 are unknown, because the block that had set them was taken back.
select count(*) from indexer.unknown_states where chain = $1 and table_name = any($2::text[])
