-- A batch of token transfers, in key order. A row that is there already and does not differ is not
-- touched, so that a re-run leaves no dead tuples and writes no log. Mostly nothing is there
-- between the first and the last key: then no row is looked for. That look asks for the first row
-- in key order, so that it goes by the primary key however empty the table was when the statement
-- was planned. The arrays are unnested in the select list, because in FROM each of them would be
-- copied to a store of its own.
insert into solana.token_transfers (
    slot, transaction_index, instruction_index, inner_index, batch_index, signature, block_time,
    kind, program, mint, decimals, amount, fee, from_address, to_address, from_token_account,
    to_token_account, authority
)
select
    slot, transaction_index, instruction_index, inner_index, batch_index, signature, block_time,
    kind, program, mint, decimals, amount, fee, from_address, to_address, from_token_account,
    to_token_account, authority
from (
    select
        unnest($1::bigint[]) as slot,
        unnest($2::int[]) as transaction_index,
        unnest($3::smallint[]) as instruction_index,
        unnest($4::smallint[]) as inner_index,
        unnest($5::smallint[]) as batch_index,
        unnest($6::text[]) as signature,
        unnest($7::timestamptz[]) as block_time,
        unnest($8::text[]) as kind,
        unnest($9::text[]) as program,
        unnest($10::text[]) as mint,
        unnest($11::smallint[]) as decimals,
        unnest($12::numeric[]) as amount,
        unnest($13::numeric[]) as fee,
        unnest($14::text[]) as from_address,
        unnest($15::text[]) as to_address,
        unnest($16::text[]) as from_token_account,
        unnest($17::text[]) as to_token_account,
        unnest($18::text[]) as authority
) as row
where
    (
        (
            $1[cardinality($1)], $2[cardinality($1)], $3[cardinality($1)], $4[cardinality($1)],
            $5[cardinality($1)]
        ) >= (
            select slot, transaction_index, instruction_index, inner_index, batch_index
            from solana.token_transfers
            where (slot, transaction_index, instruction_index, inner_index, batch_index)
                >= ($1[1], $2[1], $3[1], $4[1], $5[1])
            order by slot, transaction_index, instruction_index, inner_index, batch_index
            limit 1
        )
    ) is not true
    or not exists (
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
