-- The same as try_hold_run, waiting for the other one to end.
select pg_advisory_xact_lock(hashtext('indexer.run'), hashtext($1))
