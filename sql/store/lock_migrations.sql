-- Held by the session that migrates; a second one waits for it.
select pg_advisory_lock(hashtext('indexer.migrations'))
