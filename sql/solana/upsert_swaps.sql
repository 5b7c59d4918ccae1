-- A batch of swaps, in key order. A row that is there already and does not differ is not touched,
-- so that a re-run leaves no dead tuples and writes no log. Mostly nothing is there between the
-- first and the last key: then no row is looked for. That look asks for the first row in key order,
-- so that it goes by the primary key however empty the table was when the statement was planned.
-- The arrays are unnested in the select list, because in FROM each of them would be copied to a
-- store of its own.
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
from (
    select
        unnest($1::bigint[]) as slot,
        unnest($2::int[]) as transaction_index,
        unnest($3::smallint[]) as instruction_index,
        unnest($4::smallint[]) as inner_index,
        unnest($5::smallint[]) as leg,
        unnest($6::text[]) as signature,
        unnest($7::timestamptz[]) as block_time,
        unnest($8::text[]) as venue,
        unnest($9::text[]) as program,
        unnest($10::text[]) as pool,
        unnest($11::text[]) as trader,
        unnest($12::text[]) as input_mint,
        unnest($13::numeric[]) as input_amount,
        unnest($14::smallint[]) as input_decimals,
        unnest($15::text[]) as output_mint,
        unnest($16::numeric[]) as output_amount,
        unnest($17::smallint[]) as output_decimals,
        unnest($18::text[]) as fee_mint,
        unnest($19::numeric[]) as fee_amount,
        unnest($20::boolean[]) as is_aggregator_leg,
        unnest($21::text[]) as leg_program,
        unnest($22::text[]) as aggregator,
        unnest($23::smallint[]) as aggregator_inner_index
) as row
where
    (
        (
            $1[cardinality($1)], $2[cardinality($1)], $3[cardinality($1)], $4[cardinality($1)],
            $5[cardinality($1)]
        ) >= (
            select slot, transaction_index, instruction_index, inner_index, leg
            from solana.swaps
            where (slot, transaction_index, instruction_index, inner_index, leg)
                >= ($1[1], $2[1], $3[1], $4[1], $5[1])
            order by slot, transaction_index, instruction_index, inner_index, leg
            limit 1
        )
    ) is not true
    or not exists (
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
                same.is_aggregator_leg, same.leg_program, same.aggregator,
                same.aggregator_inner_index
            ) is not distinct from (
                row.signature, row.block_time, row.venue, row.program, row.pool, row.trader,
                row.input_mint, row.input_amount, row.input_decimals, row.output_mint,
                row.output_amount, row.output_decimals, row.fee_mint, row.fee_amount,
                row.is_aggregator_leg, row.leg_program, row.aggregator,
                row.aggregator_inner_index
            )
    )
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
