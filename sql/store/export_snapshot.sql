-- The name by which other sessions can see what this transaction sees.
select pg_export_snapshot()
