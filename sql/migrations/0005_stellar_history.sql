-- What the ledgers of Stellar hold.
create table stellar.transactions (
    ledger            bigint not null,
    application_order integer not null,
    id                text collate "C" not null,
    status            text collate "C" not null,
    ledger_created_at timestamptz not null,
    fee_bump          boolean not null,
    fee_bump_info     jsonb,
    fee               bigint not null,
    fee_charged       bigint not null,
    sequence          bigint not null,
    source_account    text collate "C" not null,
    muxed_account_id  numeric(20, 0),
    memo              jsonb,
    preconditions     jsonb,
    signatures        jsonb not null,
    result_code       text collate "C" not null,
    operation_count   integer not null,
    primary key (ledger, application_order)
);

create index transactions_id on stellar.transactions using hash (id);

comment on table stellar.transactions is 'Every transaction of the stored ledgers, failed ones included';
comment on column stellar.transactions.application_order is 'position among those of the ledger in the order they were applied, from 1';
comment on column stellar.transactions.id is 'hash, hex; of a fee bump that of the outer transaction';
comment on column stellar.transactions.status is 'SUCCESS or FAILED';
comment on column stellar.transactions.fee_bump_info is 'of a fee bump: fee, source_account and muxed_account_id of who pays; inner_id, inner_fee, inner_result_code and inner_signatures of the transaction inside';
comment on column stellar.transactions.fee is 'most stroops offered; of a fee bump, by who pays';
comment on column stellar.transactions.fee_charged is 'stroops paid in the end, refunds taken off';
comment on column stellar.transactions.sequence is 'sequence number used up; of the transaction inside a fee bump';
comment on column stellar.transactions.source_account is 'whose transaction it is; of the one inside a fee bump';
comment on column stellar.transactions.muxed_account_id is 'id behind the source account; null for plain accounts';
comment on column stellar.transactions.memo is 'type (text, id, hash, return) and value; null for none';
comment on column stellar.transactions.preconditions is 'time_bounds, ledger_bounds, min_seq_num, min_seq_age, min_seq_ledger_gap, extra_signers, those that are set; null for none';
comment on column stellar.transactions.signatures is 'hint and signature of each, hex; of a fee bump those of who pays';
comment on column stellar.transactions.result_code is 'as SEP-51 names it: tx_success, tx_failed, tx_fee_bump_inner_success, …';

create table stellar.operations (
    ledger                 bigint not null,
    application_order      integer not null,
    operation_index        integer not null,
    tx_hash                text collate "C" not null,
    ledger_closed_at       timestamptz not null,
    operation_type         text collate "C" not null,
    source_account         text collate "C" not null,
    muxed_account_id       numeric(20, 0),
    result_code            text collate "C",
    transaction_successful boolean not null,
    operation_details      jsonb not null,
    primary key (ledger, application_order, operation_index)
);

comment on table stellar.operations is 'Every operation of the stored transactions, of failed ones too: those took no effect';
comment on column stellar.operations.application_order is 'of its transaction';
comment on column stellar.operations.operation_index is 'from 0';
comment on column stellar.operations.tx_hash is 'id of its transaction';
comment on column stellar.operations.operation_type is 'as SEP-51 names it: payment, invoke_host_function, …';
comment on column stellar.operations.source_account is 'its own, or else that of the transaction';
comment on column stellar.operations.result_code is 'success, why it failed, or why it was not tried (op_…); null where the transaction failed before any was. Success in a failed transaction was undone';
comment on column stellar.operations.operation_details is 'what it asks for, by the names of XDR; integers of 64 bits as text, assets as type, code and issuer, addresses in StrKey';

create table stellar.events (
    ledger                      bigint not null,
    id                          text collate "C" not null,
    type                        text collate "C" not null,
    ledger_closed_at            timestamptz not null,
    contract_id                 text collate "C",
    tx_hash                     text collate "C" not null,
    transaction_index           integer not null,
    operation_index             integer,
    event_index                 integer not null,
    stage                       text collate "C",
    topics                      jsonb not null,
    value                       jsonb not null,
    topics_xdr                  jsonb not null,
    value_xdr                   text collate "C" not null,
    in_successful_contract_call boolean not null,
    primary key (ledger, id)
);

create index events_contract on stellar.events (contract_id, ledger);
create index events_topics on stellar.events using gin (topics jsonb_path_ops);

comment on table stellar.events is 'Contract and system events, as getEvents of RPC gives them; diagnostic ones are left out';
comment on column stellar.events.id is 'as RPC writes it, 19 digits and 10; sorts in the order of events';
comment on column stellar.events.type is 'contract or system';
comment on column stellar.events.contract_id is 'C...; null when the event has none';
comment on column stellar.events.transaction_index is 'application_order of its transaction';
comment on column stellar.events.operation_index is 'from 0; null for events of a transaction as a whole';
comment on column stellar.events.event_index is 'the last part of the id';
comment on column stellar.events.stage is 'of a transaction''s events, which are of fees: before_all_txs, after_tx or after_all_txs';
comment on column stellar.events.topics is 'array of ScVal as SEP-51 writes them';
comment on column stellar.events.value is 'ScVal as SEP-51 writes it';
comment on column stellar.events.topics_xdr is 'the same as base64 of XDR, as getEvents takes it in filters';
comment on column stellar.events.value_xdr is 'the same as base64 of XDR';
comment on column stellar.events.in_successful_contract_call is 'whether the transaction succeeded';

create table stellar.token_operations (
    ledger            bigint not null,
    id                text collate "C" not null,
    type              text collate "C" not null,
    ledger_closed_at  timestamptz not null,
    contract_id       text collate "C",
    tx_hash           text collate "C" not null,
    transaction_index integer not null,
    operation_index   integer,
    from_address      text collate "C",
    to_address        text collate "C",
    admin             text collate "C",
    amount            numeric(39, 0),
    authorized        boolean,
    expiration_ledger bigint,
    to_muxed_id       text collate "C",
    to_muxed_type     text collate "C",
    asset             text collate "C",
    is_stellar_asset  boolean not null,
    primary key (ledger, id)
);

create index token_operations_contract on stellar.token_operations (contract_id, ledger);

comment on table stellar.token_operations is 'What events say that tokens did, in the forms of SEP-41, of Stellar assets'' contracts and of CAP-67. Anyone can emit such an event: is_stellar_asset tells the network''s own';
comment on column stellar.token_operations.id is 'of the event';
comment on column stellar.token_operations.type is 'transfer, mint, burn, clawback, approve, set_authorized, set_admin or fee';
comment on column stellar.token_operations.from_address is 'who gave; for approve the owner, for set_admin the old admin, for fee who paid';
comment on column stellar.token_operations.to_address is 'who got; for approve the spender, for set_authorized whose right it is, for set_admin the new admin';
comment on column stellar.token_operations.admin is 'who did it, where the event says so: set_admin, and mint, clawback and set_authorized before protocol 23';
comment on column stellar.token_operations.amount is 'in the token''s smallest unit; negative where a fee is paid back';
comment on column stellar.token_operations.expiration_ledger is 'last ledger of an approval';
comment on column stellar.token_operations.to_muxed_id is 'id or memo that to_address keeps accounts by; bytes as hex';
comment on column stellar.token_operations.to_muxed_type is 'u64, string or bytes';
comment on column stellar.token_operations.asset is 'native or CODE:ISSUER, as the event names it; null for other tokens';
comment on column stellar.token_operations.is_stellar_asset is 'whether contract_id is the contract of that asset, so that the event can be believed';

create table stellar.contract_code (
    hash        text collate "C" primary key,
    ledger      bigint not null,
    wasm        bytea not null,
    deployed_at timestamptz not null,
    tx_hash     text collate "C" not null,
    uploaded_by text collate "C" not null,
    size_bytes  integer not null
);

comment on table stellar.contract_code is 'Code of contracts, as it was first seen in the stored ledgers';
comment on column stellar.contract_code.hash is 'SHA-256 of the code, hex';
comment on column stellar.contract_code.uploaded_by is 'source of the operation that uploaded or restored it';

create table stellar.account_entries (
    account_id               text collate "C" primary key,
    last_modified_ledger_seq bigint not null,
    balance                  bigint not null,
    seq_num                  bigint not null,
    num_sub_entries          bigint not null,
    flags                    bigint not null,
    home_domain              text collate "C" not null,
    signers                  jsonb not null,
    ext                      jsonb not null,
    inflation_dest           text collate "C",
    thresholds               bytea not null,
    sponsoring_id            text collate "C",
    deleted                  boolean not null
) with (fillfactor = 80);

comment on table stellar.account_entries is 'The newest state of each account that the stored ledgers touched';
comment on column stellar.account_entries.last_modified_ledger_seq is 'ledger of that state; a row is never replaced by an older one';
comment on column stellar.account_entries.balance is 'stroops';
comment on column stellar.account_entries.signers is 'key and weight of each, and sponsor where it has one; without the account''s own key';
comment on column stellar.account_entries.ext is 'liabilities, sponsorship counts, sequence times, as SEP-51 writes them';
comment on column stellar.account_entries.thresholds is 'weight of the own key, then low, medium and high threshold, a byte each';
comment on column stellar.account_entries.sponsoring_id is 'who keeps the reserve for the account';
comment on column stellar.account_entries.deleted is 'merged into another account; the rest is its last state';
