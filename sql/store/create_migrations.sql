-- The ledger of migrations itself; the only object that is made outside of one.
create schema if not exists indexer;
create table if not exists indexer.migrations (
    number int primary key,
    name text collate "C" not null,
    checksum text collate "C" not null,
    applied_at timestamptz not null default now()
);
comment on table indexer.migrations is 'the schema changes that were applied to this database';
