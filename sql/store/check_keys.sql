-- Tables whose primary key is missing or broken, so that rows may be there twice.
select name, 'it has no valid primary key' as finding
from unnest($1::text[]) as asked (name)
where not exists (
    select from pg_index
    where indrelid = to_regclass(name) and indisprimary and indisvalid and indisready)
