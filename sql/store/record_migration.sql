-- Notes a migration as applied, in the transaction that applies it.
insert into indexer.migrations (number, name, checksum) values ($1::int, $2, $3)
