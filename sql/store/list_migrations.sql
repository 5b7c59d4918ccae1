-- The migrations applied, in order.
select number, name, checksum, applied_at from indexer.migrations order by number
