-- Lets the next session migrate.
select pg_advisory_unlock(hashtext('indexer.migrations'))
