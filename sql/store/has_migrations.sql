-- Whether this database was ever migrated.
select to_regclass('indexer.migrations') is not null
