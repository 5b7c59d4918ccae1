-- A batch of token operations. A row that is there already and does not differ is not touched, so that a
-- re-run leaves no dead tuples and writes no log.
insert into stellar.token_operations (
    ledger, id, type, ledger_closed_at, contract_id, tx_hash, transaction_index,
    operation_index, from_address, to_address, admin, amount, authorized, expiration_ledger,
    to_muxed_id, to_muxed_type, asset, is_stellar_asset
)
select
    ledger, id, type, ledger_closed_at, contract_id, tx_hash, transaction_index,
    operation_index, from_address, to_address, admin, amount, authorized, expiration_ledger,
    to_muxed_id, to_muxed_type, asset, is_stellar_asset
from
    unnest(
        $1::bigint[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[],
        $7::int[], $8::int[], $9::text[], $10::text[], $11::text[], $12::numeric[],
        $13::boolean[], $14::bigint[], $15::text[], $16::text[], $17::text[], $18::boolean[]
    ) as row (
        ledger, id, type, ledger_closed_at, contract_id, tx_hash, transaction_index,
        operation_index, from_address, to_address, admin, amount, authorized, expiration_ledger,
        to_muxed_id, to_muxed_type, asset, is_stellar_asset
    )
where not exists (
    select from stellar.token_operations as same
    where same.ledger = row.ledger and same.id = row.id
        and (
            same.type, same.ledger_closed_at, same.contract_id, same.tx_hash,
            same.transaction_index, same.operation_index, same.from_address, same.to_address,
            same.admin, same.amount, same.authorized, same.expiration_ledger, same.to_muxed_id,
            same.to_muxed_type, same.asset, same.is_stellar_asset
        ) is not distinct from (
            row.type, row.ledger_closed_at, row.contract_id, row.tx_hash, row.transaction_index,
            row.operation_index, row.from_address, row.to_address, row.admin, row.amount,
            row.authorized, row.expiration_ledger, row.to_muxed_id, row.to_muxed_type,
            row.asset, row.is_stellar_asset
        )
)
order by ledger, id
on conflict (ledger, id) do update set
    type = excluded.type,
    ledger_closed_at = excluded.ledger_closed_at,
    contract_id = excluded.contract_id,
    tx_hash = excluded.tx_hash,
    transaction_index = excluded.transaction_index,
    operation_index = excluded.operation_index,
    from_address = excluded.from_address,
    to_address = excluded.to_address,
    admin = excluded.admin,
    amount = excluded.amount,
    authorized = excluded.authorized,
    expiration_ledger = excluded.expiration_ledger,
    to_muxed_id = excluded.to_muxed_id,
    to_muxed_type = excluded.to_muxed_type,
    asset = excluded.asset,
    is_stellar_asset = excluded.is_stellar_asset;
