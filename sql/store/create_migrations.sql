-- The ledger of migrations itself; the only object that is made outside of one.
do $$ begin
    -- IF NOT EXISTS would ask for the right to create it where it is there.
    if to_regnamespace('indexer') is null then create schema indexer; end if;
end $$;
create table if not exists indexer.migrations (
    number int primary key,
    name text collate "C" not null,
    checksum text collate "C" not null,
    applied_at timestamptz not null default now()
);
comment on table indexer.migrations is 'the schema changes that were applied to this database';
