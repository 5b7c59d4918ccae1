-- A batch of moves of lamports. A row that is there already and does not differ is not touched, so that a
-- re-run leaves no dead tuples and writes no log.
insert into solana.sol_transfers (
    slot, transaction_index, instruction_index, inner_index, signature, block_time, kind,
    from_address, to_address, lamports
)
select
    slot, transaction_index, instruction_index, inner_index, signature, block_time, kind,
    from_address, to_address, lamports
from
    unnest(
        $1::bigint[], $2::int[], $3::smallint[], $4::smallint[], $5::text[], $6::timestamptz[],
        $7::text[], $8::text[], $9::text[], $10::bigint[]
    ) as row (
        slot, transaction_index, instruction_index, inner_index, signature, block_time, kind,
        from_address, to_address, lamports
    )
where not exists (
    select from solana.sol_transfers as same
    where same.slot = row.slot
        and same.transaction_index = row.transaction_index
        and same.instruction_index = row.instruction_index
        and same.inner_index = row.inner_index
        and (
            same.signature, same.block_time, same.kind, same.from_address, same.to_address,
            same.lamports
        ) is not distinct from (
            row.signature, row.block_time, row.kind, row.from_address, row.to_address, row.lamports
        )
)
order by slot, transaction_index, instruction_index, inner_index
on conflict (slot, transaction_index, instruction_index, inner_index) do update set
    signature = excluded.signature,
    block_time = excluded.block_time,
    kind = excluded.kind,
    from_address = excluded.from_address,
    to_address = excluded.to_address,
    lamports = excluded.lamports;
