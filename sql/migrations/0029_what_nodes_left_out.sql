-- Rows say where a node recorded less than others do, or did at other times.
alter table solana.transactions add column unrecorded text;
comment on column solana.transactions.unrecorded is
    'what the node did not record of it: meta, or some of inner_instructions, logs and token_balances, with commas between; null: nothing, or written by an older decoder';
create index transactions_unrecorded on solana.transactions (slot, unrecorded) where unrecorded is not null;

alter table stellar.ledgers add column classic_events boolean;
comment on column stellar.ledgers.classic_events is
    'whether the node emitted events of fees and classic operations (EMIT_CLASSIC_EVENTS); null where nothing tells: before protocol 23, without fees, or written by an older decoder';
create index ledgers_without_classic_events on stellar.ledgers (ledger) where not classic_events;
