-- Makes the segments in [$3, $4) what their blocks prove; the seqs of those that became holes.
select indexer.cut_where_broken($1, $2, $3::bigint, $4::bigint - 1) as seq
