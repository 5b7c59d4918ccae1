-- Before blocks are noted: segments that hold one of which other transactions were known count anew.
select indexer.recount_segments($1, $2, $3::bigint[], $4::text[], $5::bigint[])
