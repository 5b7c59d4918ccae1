-- Whether other contents cover seqs of [$3, $4), whose rows lie in the same tables.
select exists (
    select from indexer.segments
    where chain = $1 and content <> $2 and first_seq < $4::bigint and last_seq >= $3::bigint)
