create schema solana;

comment on schema solana is 'Solana history; one row of blocks a stored slot';

create table solana.blocks (
    slot                   bigint primary key check (slot >= 0),
    block_height           bigint,
    block_time             timestamptz,
    blockhash              text collate "C" not null,
    parent_slot            bigint not null check (parent_slot < slot or slot = 0),
    previous_blockhash     text collate "C" not null,
    transaction_count      integer not null,
    vote_count             integer not null,
    failed_count           integer not null,
    total_fee              bigint not null,
    compute_units_consumed bigint,
    rewards                jsonb,
    reward_partitions      bigint,
    decoder_version        smallint not null
);

comment on table solana.blocks is 'One row a block. A slot without a row was skipped, or is not stored yet: indexer gaps tells which';
comment on column solana.blocks.block_height is 'number of blocks before this one; null in blocks before about mid 2021';
comment on column solana.blocks.block_time is 'estimated time of production; null in some blocks of 2020';
comment on column solana.blocks.parent_slot is 'slot of the block before; the slots between were skipped';
comment on column solana.blocks.previous_blockhash is 'blockhash of the block at parent_slot';
comment on column solana.blocks.transaction_count is 'all transactions: votes, failed ones, and those that became dead letters';
comment on column solana.blocks.vote_count is 'vote transactions, whether stored or not';
comment on column solana.blocks.failed_count is 'transactions that failed, votes included';
comment on column solana.blocks.total_fee is 'lamports paid by all transactions, votes and failed ones included';
comment on column solana.blocks.compute_units_consumed is 'by all transactions; null before about 2022';
comment on column solana.blocks.rewards is 'as the endpoint sent them; null unless asked for (--rewards)';
comment on column solana.blocks.reward_partitions is 'numRewardPartitions of the first block of an epoch; null elsewhere';
comment on column solana.blocks.decoder_version is 'version of the decoder that made the rows of this block';

create table solana.transactions (
    slot                    bigint not null,
    transaction_index       integer not null check (transaction_index >= 0),
    signature               text collate "C" not null,
    block_time              timestamptz,
    version                 text collate "C",
    is_vote                 boolean not null,
    success                 boolean,
    err                     jsonb,
    fee                     bigint,
    priority_fee            bigint,
    fee_payer               text collate "C" not null,
    signature_count         integer not null,
    account_count           integer not null,
    instruction_count       integer not null,
    inner_instruction_count integer not null,
    compute_unit_limit      bigint,
    compute_unit_price      numeric(20, 0),
    compute_units_consumed  bigint,
    cost_units              bigint,
    recent_blockhash        text collate "C" not null,
    memo                    text collate "C",
    primary key (slot, transaction_index),
    check (success = (err is null))
);

comment on table solana.transactions is 'One row a transaction, failed ones included; votes only when asked for (--include-votes)';
comment on column solana.transactions.transaction_index is 'position in the block, from 0, votes counted';
comment on column solana.transactions.signature is 'the first signature, which names the transaction';
comment on column solana.transactions.block_time is 'of the block; null where that is null';
comment on column solana.transactions.version is '''legacy'', ''0'' or ''1''; null when the endpoint did not say';
comment on column solana.transactions.is_vote is 'every instruction calls the Vote program';
comment on column solana.transactions.success is 'null when the result was not recorded (some transactions of 2020)';
comment on column solana.transactions.err is 'why it failed, in Solana''s words; null when it succeeded';
comment on column solana.transactions.fee is 'lamports paid in all';
comment on column solana.transactions.priority_fee is 'the part of fee above 5,000 lamports a signature';
comment on column solana.transactions.account_count is 'accounts it names, those from lookup tables included';
comment on column solana.transactions.compute_unit_limit is 'compute units it asked for; null when it left the default';
comment on column solana.transactions.compute_unit_price is 'micro-lamports it bid a compute unit; null when it bid nothing, and in version 1';
comment on column solana.transactions.compute_units_consumed is 'null before about 2022';
comment on column solana.transactions.cost_units is 'what it counts against the block''s limit; null before September 2025';
comment on column solana.transactions.memo is 'texts of its memo instructions, a line each; null when it has none';

-- A hash index holds 4 bytes of a signature's 88, and its cost does not grow with the table.
create index transactions_signature on solana.transactions using hash (signature);
