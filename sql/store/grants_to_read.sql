-- What lets this role read schemas $1.
select format('grant usage on schema %1$s to %2$I; grant select on all tables in schema %1$s to %2$I',
              string_agg(format('%I', name), ', ' order by name), current_user)
from unnest($1::text[]) as wanted (name)
