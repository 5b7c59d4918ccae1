-- Remembers seqs that could not be had; one known already counts another attempt. Each attempt
-- doubles the time to the next one, from $7 to at most $8 seconds. What coverage holds is no hole,
-- though a run that wanted it once more could not have it.
select indexer.record_holes($1, $2, $3::bigint[], $4::text[], $5::text[], $6::text[],
                            $7::float8, $8::float8)
