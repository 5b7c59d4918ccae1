-- A batch of moves of lamports, in key order. A row that is there already and does not differ is
-- not touched, so that a re-run leaves no dead tuples and writes no log. Mostly nothing is there
-- between the first and the last key: then no row is looked for. That look asks for the first row
-- in key order, so that it goes by the primary key however empty the table was when the statement
-- was planned. The arrays are unnested in the select list, because in FROM each of them would be
-- copied to a store of its own.
insert into solana.sol_transfers (
    slot, transaction_index, instruction_index, inner_index, signature, block_time, kind,
    from_address, to_address, lamports
)
select
    slot, transaction_index, instruction_index, inner_index, signature, block_time, kind,
    from_address, to_address, lamports
from (
    select
        unnest($1::bigint[]) as slot,
        unnest($2::int[]) as transaction_index,
        unnest($3::smallint[]) as instruction_index,
        unnest($4::smallint[]) as inner_index,
        unnest($5::text[]) as signature,
        unnest($6::timestamptz[]) as block_time,
        unnest($7::text[]) as kind,
        unnest($8::text[]) as from_address,
        unnest($9::text[]) as to_address,
        unnest($10::bigint[]) as lamports
) as row
where
    (
        ($1[cardinality($1)], $2[cardinality($1)], $3[cardinality($1)], $4[cardinality($1)]) >= (
            select slot, transaction_index, instruction_index, inner_index
            from solana.sol_transfers
            where (slot, transaction_index, instruction_index, inner_index)
                >= ($1[1], $2[1], $3[1], $4[1])
            order by slot, transaction_index, instruction_index, inner_index
            limit 1
        )
    ) is not true
    or not exists (
        select from solana.sol_transfers as same
        where same.slot = row.slot
            and same.transaction_index = row.transaction_index
            and same.instruction_index = row.instruction_index
            and same.inner_index = row.inner_index
            and (
                same.signature, same.block_time, same.kind, same.from_address, same.to_address,
                same.lamports
            ) is not distinct from (
                row.signature, row.block_time, row.kind, row.from_address, row.to_address,
                row.lamports
            )
    )
on conflict (slot, transaction_index, instruction_index, inner_index) do update set
    signature = excluded.signature,
    block_time = excluded.block_time,
    kind = excluded.kind,
    from_address = excluded.from_address,
    to_address = excluded.to_address,
    lamports = excluded.lamports;
