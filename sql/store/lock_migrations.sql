-- Held by the transaction that migrates; a second one waits for its end.
select pg_advisory_xact_lock(hashtext('indexer.migrations'))
