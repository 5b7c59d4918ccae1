-- The same, waiting for the other one to end.
select pg_advisory_lock(hashtext('indexer.run'), hashtext($1))
