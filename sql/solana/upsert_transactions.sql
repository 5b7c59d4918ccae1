-- A batch of transactions. A row that is there already and does not differ is not touched, so that
-- a re-run leaves no dead tuples and writes no log.
insert into solana.transactions as stored (
    slot, transaction_index, signature, block_time, version, is_vote, success, err, fee,
    priority_fee, fee_payer, signature_count, account_count, instruction_count,
    inner_instruction_count, compute_unit_limit, compute_unit_price, compute_units_consumed,
    cost_units, recent_blockhash, memo
)
select
    slot, transaction_index, signature, block_time, version, is_vote, success, err, fee,
    priority_fee, fee_payer, signature_count, account_count, instruction_count,
    inner_instruction_count, compute_unit_limit, compute_unit_price, compute_units_consumed,
    cost_units, recent_blockhash, memo
from
    unnest(
        $1::bigint[], $2::int[], $3::text[], $4::timestamptz[], $5::text[], $6::boolean[],
        $7::boolean[], $8::jsonb[], $9::bigint[], $10::bigint[], $11::text[], $12::int[],
        $13::int[], $14::int[], $15::int[], $16::bigint[], $17::numeric[], $18::bigint[],
        $19::bigint[], $20::text[], $21::text[]
    ) as row (
        slot, transaction_index, signature, block_time, version, is_vote, success, err, fee,
        priority_fee, fee_payer, signature_count, account_count, instruction_count,
        inner_instruction_count, compute_unit_limit, compute_unit_price, compute_units_consumed,
        cost_units, recent_blockhash, memo
    )
where not exists (
    select from solana.transactions as same
    where same.slot = row.slot and same.transaction_index = row.transaction_index
        and (
            same.signature, same.block_time, same.version, same.is_vote, same.success, same.err,
            same.fee, same.priority_fee, same.fee_payer, same.signature_count,
            same.account_count, same.instruction_count, same.inner_instruction_count,
            same.compute_unit_limit, same.compute_unit_price, same.compute_units_consumed,
            same.cost_units, same.recent_blockhash, same.memo
        ) is not distinct from (
            row.signature, row.block_time, row.version, row.is_vote, row.success, row.err,
            row.fee, row.priority_fee, row.fee_payer, row.signature_count, row.account_count,
            row.instruction_count, row.inner_instruction_count, row.compute_unit_limit,
            row.compute_unit_price, row.compute_units_consumed, row.cost_units,
            row.recent_blockhash, row.memo
        )
)
order by slot, transaction_index
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
    memo = excluded.memo;
