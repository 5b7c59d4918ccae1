-- A batch of transactions, in key order. A row that is there already and does not differ is not
-- touched, so that a re-run leaves no dead tuples and writes no log. Mostly nothing is there
-- between the first and the last key: then no row is looked for. That look asks for the first row
-- in key order, so that it goes by the primary key however empty the table was when the statement
-- was planned. The arrays are unnested in the select list, because in FROM each of them would be
-- copied to a store of its own.
insert into solana.transactions as stored (
    slot, transaction_index, signature, block_time, version, is_vote, success, err, fee,
    priority_fee, fee_payer, signature_count, account_count, instruction_count,
    inner_instruction_count, compute_unit_limit, compute_unit_price, compute_units_consumed,
    cost_units, recent_blockhash, memo, unrecorded
)
select
    slot, transaction_index, signature, block_time, version, is_vote, success, err, fee,
    priority_fee, fee_payer, signature_count, account_count, instruction_count,
    inner_instruction_count, compute_unit_limit, compute_unit_price, compute_units_consumed,
    cost_units, recent_blockhash, memo, unrecorded
from (
    select
        unnest($1::bigint[]) as slot,
        unnest($2::int[]) as transaction_index,
        unnest($3::text[]) as signature,
        unnest($4::timestamptz[]) as block_time,
        unnest($5::text[]) as version,
        unnest($6::boolean[]) as is_vote,
        unnest($7::boolean[]) as success,
        unnest($8::jsonb[]) as err,
        unnest($9::bigint[]) as fee,
        unnest($10::bigint[]) as priority_fee,
        unnest($11::text[]) as fee_payer,
        unnest($12::int[]) as signature_count,
        unnest($13::int[]) as account_count,
        unnest($14::int[]) as instruction_count,
        unnest($15::int[]) as inner_instruction_count,
        unnest($16::bigint[]) as compute_unit_limit,
        unnest($17::numeric[]) as compute_unit_price,
        unnest($18::bigint[]) as compute_units_consumed,
        unnest($19::bigint[]) as cost_units,
        unnest($20::text[]) as recent_blockhash,
        unnest($21::text[]) as memo,
        unnest($22::text[]) as unrecorded
) as row
where
    (
        ($1[cardinality($1)], $2[cardinality($1)]) >= (
            select slot, transaction_index
            from solana.transactions
            where (slot, transaction_index)
                >= ($1[1], $2[1])
            order by slot, transaction_index
            limit 1
        )
    ) is not true
    or not exists (
        select from solana.transactions as same
        where same.slot = row.slot and same.transaction_index = row.transaction_index
            and (
                same.signature, same.block_time, same.version, same.is_vote, same.success, same.err,
                same.fee, same.priority_fee, same.fee_payer, same.signature_count,
                same.account_count, same.instruction_count, same.inner_instruction_count,
                same.compute_unit_limit, same.compute_unit_price, same.compute_units_consumed,
                same.cost_units, same.recent_blockhash, same.memo, same.unrecorded
            ) is not distinct from (
                row.signature, row.block_time, row.version, row.is_vote, row.success, row.err,
                row.fee, row.priority_fee, row.fee_payer, row.signature_count, row.account_count,
                row.instruction_count, row.inner_instruction_count, row.compute_unit_limit,
                row.compute_unit_price, row.compute_units_consumed, row.cost_units,
                row.recent_blockhash, row.memo, row.unrecorded
            )
    )
on conflict (slot, transaction_index) do update set
    signature = excluded.signature,
    block_time = excluded.block_time,
    version = excluded.version,
    is_vote = excluded.is_vote,
    success = excluded.success,
    err = excluded.err,
    fee = excluded.fee,
    priority_fee = excluded.priority_fee,
    fee_payer = excluded.fee_payer,
    signature_count = excluded.signature_count,
    account_count = excluded.account_count,
    instruction_count = excluded.instruction_count,
    inner_instruction_count = excluded.inner_instruction_count,
    compute_unit_limit = excluded.compute_unit_limit,
    compute_unit_price = excluded.compute_unit_price,
    compute_units_consumed = excluded.compute_units_consumed,
    cost_units = excluded.cost_units,
    recent_blockhash = excluded.recent_blockhash,
    memo = excluded.memo,
    unrecorded = excluded.unrecorded;
