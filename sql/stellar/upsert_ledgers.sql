-- A batch of ledgers. A row that is there already and does not differ is not touched, so that a
-- re-run leaves no dead tuples and writes no log.
insert into stellar.ledgers (
    ledger, hash, previous_ledger_hash, ledger_closed_at, protocol_version, transaction_count,
    failed_count, operation_count, fee_charged, total_coins, fee_pool, base_fee, base_reserve,
    max_tx_set_size, soroban_state_bytes, upgrades, decoder_version, ledger_closed_ms,
    classic_events
)
select
    ledger, hash, previous_ledger_hash, ledger_closed_at, protocol_version, transaction_count,
    failed_count, operation_count, fee_charged, total_coins, fee_pool, base_fee, base_reserve,
    max_tx_set_size, soroban_state_bytes, upgrades, decoder_version, ledger_closed_ms,
    classic_events
from
    unnest(
        $1::bigint[], $2::text[], $3::text[], $4::timestamptz[], $5::int[], $6::int[], $7::int[],
        $8::int[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[],
        $14::bigint[], $15::numeric[], $16::jsonb[], $17::smallint[], $18::bigint[], $19::boolean[]
    ) as row (
        ledger, hash, previous_ledger_hash, ledger_closed_at, protocol_version, transaction_count,
        failed_count, operation_count, fee_charged, total_coins, fee_pool, base_fee, base_reserve,
        max_tx_set_size, soroban_state_bytes, upgrades, decoder_version, ledger_closed_ms,
        classic_events
    )
where not exists (
    select from stellar.ledgers as same
    where same.ledger = row.ledger
        and (
            same.hash, same.previous_ledger_hash, same.ledger_closed_at, same.protocol_version,
            same.transaction_count, same.failed_count, same.operation_count, same.fee_charged,
            same.total_coins, same.fee_pool, same.base_fee, same.base_reserve,
            same.max_tx_set_size, same.soroban_state_bytes, same.upgrades, same.decoder_version,
            same.ledger_closed_ms, same.classic_events
        ) is not distinct from (
            row.hash, row.previous_ledger_hash, row.ledger_closed_at, row.protocol_version,
            row.transaction_count, row.failed_count, row.operation_count, row.fee_charged,
            row.total_coins, row.fee_pool, row.base_fee, row.base_reserve, row.max_tx_set_size,
            row.soroban_state_bytes, row.upgrades, row.decoder_version, row.ledger_closed_ms,
            row.classic_events
        )
)
order by ledger
on conflict (ledger) do update set
    hash = excluded.hash,
    previous_ledger_hash = excluded.previous_ledger_hash,
    ledger_closed_at = excluded.ledger_closed_at,
    protocol_version = excluded.protocol_version,
    transaction_count = excluded.transaction_count,
    failed_count = excluded.failed_count,
    operation_count = excluded.operation_count,
    fee_charged = excluded.fee_charged,
    total_coins = excluded.total_coins,
    fee_pool = excluded.fee_pool,
    base_fee = excluded.base_fee,
    base_reserve = excluded.base_reserve,
    max_tx_set_size = excluded.max_tx_set_size,
    soroban_state_bytes = excluded.soroban_state_bytes,
    upgrades = excluded.upgrades,
    decoder_version = excluded.decoder_version,
    ledger_closed_ms = excluded.ledger_closed_ms,
    classic_events = excluded.classic_events;
