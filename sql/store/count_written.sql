-- Rows by table that were written for the blocks in [$3, $4).
select table_name, rows from indexer.rows_written($1, $2, $3::bigint, $4::bigint)
