-- A batch of token transfers. A row that is there already and does not differ is not touched, so that a
-- re-run leaves no dead tuples and writes no log.
insert into solana.token_transfers (
    slot, transaction_index, instruction_index, inner_index, batch_index, signature, block_time,
    kind, program, mint, decimals, amount, fee, from_address, to_address, from_token_account,
    to_token_account, authority
)
select
    slot, transaction_index, instruction_index, inner_index, batch_index, signature, block_time,
    kind, program, mint, decimals, amount, fee, from_address, to_address, from_token_account,
    to_token_account, authority
from
    unnest(
        $1::bigint[], $2::int[], $3::smallint[], $4::smallint[], $5::smallint[], $6::text[],
        $7::timestamptz[], $8::text[], $9::text[], $10::text[], $11::smallint[], $12::numeric[],
        $13::numeric[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[]
    ) as row (
        slot, transaction_index, instruction_index, inner_index, batch_index, signature, block_time,
        kind, program, mint, decimals, amount, fee, from_address, to_address, from_token_account,
        to_token_account, authority
    )
where not exists (
    select from solana.token_transfers as same
    where same.slot = row.slot
        and same.transaction_index = row.transaction_index
        and same.instruction_index = row.instruction_index
        and same.inner_index = row.inner_index
        and same.batch_index = row.batch_index
        and (
            same.signature, same.block_time, same.kind, same.program, same.mint, same.decimals,
            same.amount, same.fee, same.from_address, same.to_address, same.from_token_account,
            same.to_token_account, same.authority
        ) is not distinct from (
            row.signature, row.block_time, row.kind, row.program, row.mint, row.decimals,
            row.amount, row.fee, row.from_address, row.to_address, row.from_token_account,
            row.to_token_account, row.authority
        )
)
order by slot, transaction_index, instruction_index, inner_index, batch_index
on conflict (slot, transaction_index, instruction_index, inner_index, batch_index) do update set
    signature = excluded.signature,
    block_time = excluded.block_time,
    kind = excluded.kind,
    program = excluded.program,
    mint = excluded.mint,
    decimals = excluded.decimals,
    amount = excluded.amount,
    fee = excluded.fee,
    from_address = excluded.from_address,
    to_address = excluded.to_address,
    from_token_account = excluded.from_token_account,
    to_token_account = excluded.to_token_account,
    authority = excluded.authority;
