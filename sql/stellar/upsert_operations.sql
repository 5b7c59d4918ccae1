-- A batch of operations. A row that is there already and does not differ is not touched, so that a
-- re-run leaves no dead tuples and writes no log.
insert into stellar.operations (
    ledger, application_order, operation_index, tx_hash, ledger_closed_at, operation_type,
    source_account, muxed_account_id, result_code, transaction_successful, operation_details
)
select
    ledger, application_order, operation_index, tx_hash, ledger_closed_at, operation_type,
    source_account, muxed_account_id, result_code, transaction_successful, operation_details
from
    unnest(
        $1::bigint[], $2::int[], $3::int[], $4::text[], $5::timestamptz[], $6::text[],
        $7::text[], $8::numeric[], $9::text[], $10::boolean[], $11::jsonb[]
    ) as row (
        ledger, application_order, operation_index, tx_hash, ledger_closed_at, operation_type,
        source_account, muxed_account_id, result_code, transaction_successful, operation_details
    )
where not exists (
    select from stellar.operations as same
    where same.ledger = row.ledger and same.application_order = row.application_order and same.operation_index = row.operation_index
        and (
            same.tx_hash, same.ledger_closed_at, same.operation_type, same.source_account,
            same.muxed_account_id, same.result_code, same.transaction_successful,
            same.operation_details
        ) is not distinct from (
            row.tx_hash, row.ledger_closed_at, row.operation_type, row.source_account,
            row.muxed_account_id, row.result_code, row.transaction_successful,
            row.operation_details
        )
)
order by ledger, application_order, operation_index
on conflict (ledger, application_order, operation_index) do update set
    tx_hash = excluded.tx_hash,
    ledger_closed_at = excluded.ledger_closed_at,
    operation_type = excluded.operation_type,
    source_account = excluded.source_account,
    muxed_account_id = excluded.muxed_account_id,
    result_code = excluded.result_code,
    transaction_successful = excluded.transaction_successful,
    operation_details = excluded.operation_details;
