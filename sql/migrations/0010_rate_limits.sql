-- Rates that several processes share: each row is when the next turn is free to be taken.
create table indexer.rate_limits (
    name text collate "C" primary key,
    next_at timestamptz not null
) with (fillfactor = 50);
comment on table indexer.rate_limits is 'rates of calls to an endpoint that several processes share';
comment on column indexer.rate_limits.next_at is 'every turn before it is taken';
