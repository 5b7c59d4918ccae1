-- The tables that the rows of a content lie in.
select unnest(tables) as name from indexer.contents where chain = $1 and content = $2
