-- Notes which states of a table a content's blocks set.
select indexer.note_states($1, $2, $3, $4, $5, $6, $7)
