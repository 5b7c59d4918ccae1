-- Those of schemas $1 that are there.
select nspname from pg_namespace where nspname = any($1::text[])
