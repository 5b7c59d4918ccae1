-- Forgets the segments wholly in [$3, $4): they are fetched and proven anew.
delete from indexer.segments
where chain = $1 and content = $2 and first_seq >= $3 and last_seq < $4
