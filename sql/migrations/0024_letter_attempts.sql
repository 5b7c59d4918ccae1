-- A dead letter inside a block is tried again like a hole: less and less often while it does not help.
alter table indexer.dead_letters
    add column attempts int not null default 1,
    add column last_tried_at timestamptz not null default now();
update indexer.dead_letters set last_tried_at = created_at;
comment on column indexer.dead_letters.attempts is 'how often it was decoded or stored in vain';
