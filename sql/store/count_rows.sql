-- Rows by table of a chain's schema: counted, or, for tables where counting would take long, as the
-- last analyze estimated.
select relname, reltuples > 10000000 as estimated,
       case when reltuples > 10000000 then reltuples::bigint
            else (xpath('/row/rows/text()', query_to_xml(
                     format('select count(*) as rows from %I.%I', $1::text, relname),
                     false, true, '')))[1]::text::bigint end as rows
from pg_class
where relnamespace = to_regnamespace($1::text) and relkind = 'r'
order by relname
