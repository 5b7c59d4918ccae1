create schema stellar;

comment on schema stellar is 'Stellar history; one row of ledgers a stored ledger';

create table stellar.ledgers (
    ledger               bigint primary key check (ledger > 0),
    hash                 text collate "C" not null,
    previous_ledger_hash text collate "C" not null,
    ledger_closed_at     timestamptz not null,
    protocol_version     integer not null,
    transaction_count    integer not null,
    failed_count         integer not null,
    operation_count      integer not null,
    fee_charged          bigint not null,
    total_coins          bigint not null,
    fee_pool             bigint not null,
    base_fee             bigint not null,
    base_reserve         bigint not null,
    max_tx_set_size      bigint not null,
    soroban_state_bytes  numeric(20, 0),
    upgrades             jsonb,
    decoder_version      smallint not null
);

comment on table stellar.ledgers is 'One row a ledger. Every sequence has a ledger, so one without a row is not stored yet: indexer gaps tells which';
comment on column stellar.ledgers.hash is 'of the header, hex';
comment on column stellar.ledgers.previous_ledger_hash is 'hash of the ledger before';
comment on column stellar.ledgers.transaction_count is 'all transactions, failed ones included';
comment on column stellar.ledgers.operation_count is 'of all transactions, failed ones included';
comment on column stellar.ledgers.fee_charged is 'stroops paid by all transactions, refunds taken off';
comment on column stellar.ledgers.total_coins is 'stroops in existence';
comment on column stellar.ledgers.fee_pool is 'stroops of fees that the network has collected';
comment on column stellar.ledgers.base_fee is 'least bid for an operation, in stroops';
comment on column stellar.ledgers.base_reserve is 'stroops an account must keep for each of its entries';
comment on column stellar.ledgers.max_tx_set_size is 'most operations of a ledger; most transactions before protocol 11';
comment on column stellar.ledgers.soroban_state_bytes is 'total_byte_size_of_live_soroban_state; null before protocol 20';
comment on column stellar.ledgers.upgrades is 'what the validators changed of the network''s settings with this ledger, as SEP-51 writes it; null in nearly all ledgers';
comment on column stellar.ledgers.decoder_version is 'version of the decoder that made the rows of this ledger';
