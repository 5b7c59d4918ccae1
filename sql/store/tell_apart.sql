-- How to tell a content's rows of a table in [$4, $5) from those of other contents: whether by their
-- keys, and which columns others fill.
select shared and indexer.condition($1, $2, $3) is distinct from 'true' as by_keys,
       case when shared then array_to_string(indexer.left_out($1, $2, $3), ',') else '' end
           as left_out
from (select indexer.shared_seqs($1, $2, $3) && int8range($4::bigint, $5::bigint) as shared) as beside
