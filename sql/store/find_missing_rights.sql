-- What somebody who may has to run before this role can make what belongs into schemas $1.
select case when known.oid is null
            then format('create schema %I authorization %I', name, current_user)
            else format('grant usage, create on schema %I to %I', name, current_user) end
from unnest($1::text[]) as wanted (name)
left join pg_namespace as known on known.nspname = name
where not case when known.oid is null then has_database_privilege(current_database(), 'create')
               else has_schema_privilege(known.oid, 'create')
                    and has_schema_privilege(known.oid, 'usage') end
order by name
