-- What successful transactions moved and traded.
create table solana.token_transfers (
    slot               bigint not null,
    transaction_index  integer not null,
    instruction_index  smallint not null,
    inner_index        smallint not null,
    batch_index        smallint not null,
    signature          text collate "C" not null,
    block_time         timestamptz,
    kind               text collate "C" not null,
    program            text collate "C" not null,
    mint               text collate "C",
    decimals           smallint,
    amount             numeric(20, 0) not null,
    fee                numeric(20, 0),
    from_address       text collate "C",
    to_address         text collate "C",
    from_token_account text collate "C",
    to_token_account   text collate "C",
    authority          text collate "C" not null,
    primary key (slot, transaction_index, instruction_index, inner_index, batch_index)
);

comment on table solana.token_transfers is 'Tokens that SPL Token or Token-2022 moved, minted or burned in successful transactions, at top level or inside other instructions. Some blocks of 2020 were recorded without inner instructions';
comment on column solana.token_transfers.instruction_index is 'top-level instruction, from 0';
comment on column solana.token_transfers.inner_index is 'position among the instructions that one called, from 0; -1 when it is the top-level one itself';
comment on column solana.token_transfers.batch_index is 'position inside a batch instruction, from 0; -1 when it stands alone';
comment on column solana.token_transfers.kind is 'transfer, transferChecked, transferCheckedWithFee, mintTo, mintToChecked, burn or burnChecked';
comment on column solana.token_transfers.mint is 'null where nothing in the transaction tells (blocks before about mid 2021)';
comment on column solana.token_transfers.decimals is 'of the mint; null where nothing in the transaction tells';
comment on column solana.token_transfers.amount is 'that left the source, in the mint''s smallest unit';
comment on column solana.token_transfers.fee is 'part of amount that Token-2022 withheld, so that the destination gained amount - fee; as the instruction states it, else what the balances show. Null where they do not show it';
comment on column solana.token_transfers.from_address is 'owner of the source account at that moment; null for mints, and where not known (before about mid 2021)';
comment on column solana.token_transfers.to_address is 'owner of the destination account at that moment; null for burns, and where not known (before about mid 2021)';
comment on column solana.token_transfers.from_token_account is 'source account; null for mints';
comment on column solana.token_transfers.to_token_account is 'destination account; null for burns';
comment on column solana.token_transfers.authority is 'who allowed it: owner, delegate, multisig or mint authority';

create table solana.sol_transfers (
    slot              bigint not null,
    transaction_index integer not null,
    instruction_index smallint not null,
    inner_index       smallint not null,
    signature         text collate "C" not null,
    block_time        timestamptz,
    kind              text collate "C" not null,
    from_address      text collate "C" not null,
    to_address        text collate "C" not null,
    lamports          bigint not null,
    primary key (slot, transaction_index, instruction_index, inner_index)
);

comment on table solana.sol_transfers is 'Lamports that the system program moved in successful transactions. Programs also move lamports of accounts they own, which no instruction tells';
comment on column solana.sol_transfers.instruction_index is 'top-level instruction, from 0';
comment on column solana.sol_transfers.inner_index is 'position among the instructions that one called, from 0; -1 when it is the top-level one itself';
comment on column solana.sol_transfers.kind is 'transfer, transferWithSeed, createAccount, createAccountWithSeed, createAccountAllowPrefund or withdrawFromNonce';

create table solana.swaps (
    slot                   bigint not null,
    transaction_index      integer not null,
    instruction_index      smallint not null,
    inner_index            smallint not null,
    leg                    smallint not null,
    signature              text collate "C" not null,
    block_time             timestamptz,
    venue                  text collate "C" not null,
    program                text collate "C" not null,
    pool                   text collate "C",
    trader                 text collate "C",
    input_mint             text collate "C",
    input_amount           numeric(20, 0) not null,
    input_decimals         smallint,
    output_mint            text collate "C",
    output_amount          numeric(20, 0) not null,
    output_decimals        smallint,
    fee_mint               text collate "C",
    fee_amount             numeric(20, 0),
    is_aggregator_leg      boolean not null,
    leg_program            text collate "C",
    aggregator             text collate "C",
    aggregator_inner_index smallint,
    primary key (slot, transaction_index, instruction_index, inner_index, leg)
);

comment on table solana.swaps is 'Trades in successful transactions, one normal form for all venues. Where an aggregator trades through a venue there are two rows, one of each: sum only rows where not is_aggregator_leg, or only those where it is';
comment on column solana.swaps.instruction_index is 'top-level instruction, from 0';
comment on column solana.swaps.inner_index is 'position among the instructions that one called, from 0, of the swap, or of the event by which the venue reports it (jupiter_v6, pump_fun, pump_swap, raydium_launchlab); -1 when it is the top-level one itself';
comment on column solana.swaps.leg is 'from 0, where one instruction or event tells of several trades';
comment on column solana.swaps.venue is 'raydium_amm_v4, raydium_clmm, raydium_cpmm, raydium_launchlab, jupiter_v6, pump_fun or pump_swap';
comment on column solana.swaps.program is 'program of the venue';
comment on column solana.swaps.pool is 'account of the pool or bonding curve; null for legs of an aggregator';
comment on column solana.swaps.trader is 'who traded; where an aggregator or router calls a venue this may be its own account';
comment on column solana.swaps.input_mint is 'what the trader gave; SOL itself is named as wrapped SOL';
comment on column solana.swaps.input_amount is 'that left the trader, venue''s fees included; pump_fun: without its fees, which come on top';
comment on column solana.swaps.output_mint is 'what the trader got; SOL itself is named as wrapped SOL';
comment on column solana.swaps.output_amount is 'that reached the trader, venue''s fees and the token''s own taken off; pump_fun: before its fees are taken off';
comment on column solana.swaps.fee_amount is 'that the venue charged, in fee_mint; null where it does not say';
comment on column solana.swaps.is_aggregator_leg is 'the row is what an aggregator says of a trade that happened at another venue';
comment on column solana.swaps.leg_program is 'program of the venue that a leg went through; null where the aggregator does not say';
comment on column solana.swaps.aggregator is 'program of the aggregator or router that called for the trade; null when none did';
comment on column solana.swaps.aggregator_inner_index is 'inner_index of the aggregator''s instruction, which has the same instruction_index; null when aggregator is';

-- Few, because an index on values in no order costs about as much as its table. Hash indexes are no
-- way out here: many rows share a mint, and inserting one into a long chain of the same hash took
-- fourteen times as long as into a B-tree.
create index token_transfers_mint on solana.token_transfers (mint, slot);
create index swaps_pool on solana.swaps (pool, slot);

-- The quote token of a trade is the one that prices are told in: dollars before SOL before all
-- others; of two alike the one that sorts last, so that it is the same in both directions.
create function solana.quote_rank(mint text) returns integer
language sql immutable parallel safe as $$
    select case mint
        when 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v' then 3 -- USDC
        when 'Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB' then 3 -- USDT
        when 'So11111111111111111111111111111111111111112' then 2 -- wrapped SOL
        else 1
    end
$$;
comment on function solana.quote_rank is 'how likely a mint is the quote side of a trade: the higher the likelier';

-- Amounts here are in whole tokens, not in the smallest unit; null where decimals are not known.
create view solana.swap_sides as
select
    slot, transaction_index, instruction_index, inner_index, leg, signature, block_time, venue,
    program, pool, trader, is_aggregator_leg, leg_program, aggregator, aggregator_inner_index,
    case when is_buy then 'buy' else 'sell' end as side,
    case when is_buy then output_mint else input_mint end as base_mint,
    case when is_buy then output_tokens else input_tokens end as base_amount,
    case when is_buy then input_mint else output_mint end as quote_mint,
    case when is_buy then input_tokens else output_tokens end as quote_amount,
    case when is_buy then input_tokens else output_tokens end
    / nullif(case when is_buy then output_tokens else input_tokens end, 0) as price,
    fee_mint, fee_amount
from solana.swaps
cross join lateral (
    select
        input_amount / 10::numeric ^ input_decimals as input_tokens,
        output_amount / 10::numeric ^ output_decimals as output_tokens,
        (solana.quote_rank(input_mint), input_mint)
        > (solana.quote_rank(output_mint), output_mint) as is_buy
) as sides;
comment on view solana.swap_sides is 'all rows of solana.swaps as purchases or sales of a base token for a quote token (dollars before SOL before all others), in whole tokens';
comment on column solana.swap_sides.side is 'buy: the trader got the base token; sell: gave it';
comment on column solana.swap_sides.base_amount is 'in whole tokens; null where the decimals are not known';
comment on column solana.swap_sides.quote_amount is 'in whole tokens; null where the decimals are not known';
comment on column solana.swap_sides.price is 'quote tokens for one base token';
comment on column solana.swap_sides.fee_amount is 'in the smallest unit of fee_mint';

create view solana.swap_events as select * from solana.swap_sides where not is_aggregator_leg;
comment on view solana.swap_events is 'trades at the venues themselves, each counted once: what aggregators say of them is left out';

create view solana.raydium_swaps as
select * from solana.swap_sides
where venue in ('raydium_amm_v4', 'raydium_clmm', 'raydium_cpmm', 'raydium_launchlab');
comment on view solana.raydium_swaps is 'trades in Raydium''s pools and on its bonding curves';

create view solana.pumpfun_swaps as
select * from solana.swap_sides where venue in ('pump_fun', 'pump_swap');
comment on view solana.pumpfun_swaps is 'trades on pump.fun''s bonding curves and in its pools (PumpSwap)';

create view solana.jupiter_swaps as select * from solana.swap_sides where venue = 'jupiter_v6';
comment on view solana.jupiter_swaps is 'legs of Jupiter''s routes; the same trades are also in the views of the venues they went through';
