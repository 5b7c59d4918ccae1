-- Seqs in [$5, $6) that have more or fewer rows in a table than were written.
select seq, finding from indexer.wrong_counts($1, $2, $3, $4, $5::bigint, $6::bigint)
