-- Whether this database was ever migrated; to_regclass would need rights in the schema.
select exists (select from pg_class join pg_namespace on pg_namespace.oid = relnamespace
               where nspname = 'indexer' and relname = 'migrations')
