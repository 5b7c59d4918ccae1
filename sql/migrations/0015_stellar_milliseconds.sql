-- From protocol 30 on headers say when their ledger closed in milliseconds, and several ledgers may
-- close within a second.

alter table stellar.ledgers add column ledger_closed_ms bigint;
comment on column stellar.ledgers.ledger_closed_at is 'as validators agreed, in whole seconds; from protocol 30 on several ledgers may share one';
comment on column stellar.ledgers.ledger_closed_ms is 'the same in milliseconds since 1970; null before protocol 30, whose headers say it first';
