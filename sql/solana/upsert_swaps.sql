-- A batch of swaps. A row that is there already and does not differ is not touched, so that a
-- re-run leaves no dead tuples and writes no log.
insert into solana.swaps (
    slot, transaction_index, instruction_index, inner_index, leg, signature, block_time, venue,
    program, pool, trader, input_mint, input_amount, input_decimals, output_mint, output_amount,
    output_decimals, fee_mint, fee_amount, is_aggregator_leg, leg_program, aggregator,
    aggregator_inner_index
)
select
    slot, transaction_index, instruction_index, inner_index, leg, signature, block_time, venue,
    program, pool, trader, input_mint, input_amount, input_decimals, output_mint, output_amount,
    output_decimals, fee_mint, fee_amount, is_aggregator_leg, leg_program, aggregator,
    aggregator_inner_index
from
    unnest(
        $1::bigint[], $2::int[], $3::smallint[], $4::smallint[], $5::smallint[], $6::text[],
        $7::timestamptz[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
        $13::numeric[], $14::smallint[], $15::text[], $16::numeric[], $17::smallint[], $18::text[],
        $19::numeric[], $20::boolean[], $21::text[], $22::text[], $23::smallint[]
    ) as row (
        slot, transaction_index, instruction_index, inner_index, leg, signature, block_time, venue,
        program, pool, trader, input_mint, input_amount, input_decimals, output_mint, output_amount,
        output_decimals, fee_mint, fee_amount, is_aggregator_leg, leg_program, aggregator,
        aggregator_inner_index
    )
where not exists (
    select from solana.swaps as same
    where same.slot = row.slot
        and same.transaction_index = row.transaction_index
        and same.instruction_index = row.instruction_index
        and same.inner_index = row.inner_index
        and same.leg = row.leg
        and (
            same.signature, same.block_time, same.venue, same.program, same.pool, same.trader,
            same.input_mint, same.input_amount, same.input_decimals, same.output_mint,
            same.output_amount, same.output_decimals, same.fee_mint, same.fee_amount,
            same.is_aggregator_leg, same.leg_program, same.aggregator, same.aggregator_inner_index
        ) is not distinct from (
            row.signature, row.block_time, row.venue, row.program, row.pool, row.trader,
            row.input_mint, row.input_amount, row.input_decimals, row.output_mint,
            row.output_amount, row.output_decimals, row.fee_mint, row.fee_amount,
            row.is_aggregator_leg, row.leg_program, row.aggregator, row.aggregator_inner_index
        )
)
order by slot, transaction_index, instruction_index, inner_index, leg
on conflict (slot, transaction_index, instruction_index, inner_index, leg) do update set
    signature = excluded.signature,
    block_time = excluded.block_time,
    venue = excluded.venue,
    program = excluded.program,
    pool = excluded.pool,
    trader = excluded.trader,
    input_mint = excluded.input_mint,
    input_amount = excluded.input_amount,
    input_decimals = excluded.input_decimals,
    output_mint = excluded.output_mint,
    output_amount = excluded.output_amount,
    output_decimals = excluded.output_decimals,
    fee_mint = excluded.fee_mint,
    fee_amount = excluded.fee_amount,
    is_aggregator_leg = excluded.is_aggregator_leg,
    leg_program = excluded.leg_program,
    aggregator = excluded.aggregator,
    aggregator_inner_index = excluded.aggregator_inner_index;
