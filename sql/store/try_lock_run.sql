-- Takes the lock of the one poller a chain may have in a database; false when another one holds it.
-- It belongs to the session, so it goes when the process goes.
select pg_try_advisory_lock(hashtext('indexer.run'), hashtext($1))
