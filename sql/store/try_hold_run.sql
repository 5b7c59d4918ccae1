-- The same behind a pooler, which gives a session to others after each transaction: the lock belongs
-- to the transaction that asks, which stays open for as long as the run lasts.
select pg_try_advisory_xact_lock(hashtext('indexer.run'), hashtext($1))
