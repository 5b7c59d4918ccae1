-- Notes which rows of a table a content has of blocks, where the rows themselves do not tell.
select indexer.note_keys($1, $2, $3, $4, $5, $6)
