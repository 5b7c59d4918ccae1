-- A batch of transactions. A row that is there already and does not differ is not touched, so that a
-- re-run leaves no dead tuples and writes no log.
insert into stellar.transactions (
    ledger, application_order, id, status, ledger_created_at, fee_bump, fee_bump_info, fee,
    fee_charged, sequence, source_account, muxed_account_id, memo, preconditions, signatures,
    result_code, operation_count
)
select
    ledger, application_order, id, status, ledger_created_at, fee_bump, fee_bump_info, fee,
    fee_charged, sequence, source_account, muxed_account_id, memo, preconditions, signatures,
    result_code, operation_count
from
    unnest(
        $1::bigint[], $2::int[], $3::text[], $4::text[], $5::timestamptz[], $6::boolean[],
        $7::jsonb[], $8::bigint[], $9::bigint[], $10::bigint[], $11::text[], $12::numeric[],
        $13::jsonb[], $14::jsonb[], $15::jsonb[], $16::text[], $17::int[]
    ) as row (
        ledger, application_order, id, status, ledger_created_at, fee_bump, fee_bump_info, fee,
        fee_charged, sequence, source_account, muxed_account_id, memo, preconditions,
        signatures, result_code, operation_count
    )
where not exists (
    select from stellar.transactions as same
    where same.ledger = row.ledger and same.application_order = row.application_order
        and (
            same.id, same.status, same.ledger_created_at, same.fee_bump, same.fee_bump_info,
            same.fee, same.fee_charged, same.sequence, same.source_account,
            same.muxed_account_id, same.memo, same.preconditions, same.signatures,
            same.result_code, same.operation_count
        ) is not distinct from (
            row.id, row.status, row.ledger_created_at, row.fee_bump, row.fee_bump_info, row.fee,
            row.fee_charged, row.sequence, row.source_account, row.muxed_account_id, row.memo,
            row.preconditions, row.signatures, row.result_code, row.operation_count
        )
)
order by ledger, application_order
on conflict (ledger, application_order) do update set
    id = excluded.id,
    status = excluded.status,
    ledger_created_at = excluded.ledger_created_at,
    fee_bump = excluded.fee_bump,
    fee_bump_info = excluded.fee_bump_info,
    fee = excluded.fee,
    fee_charged = excluded.fee_charged,
    sequence = excluded.sequence,
    source_account = excluded.source_account,
    muxed_account_id = excluded.muxed_account_id,
    memo = excluded.memo,
    preconditions = excluded.preconditions,
    signatures = excluded.signatures,
    result_code = excluded.result_code,
    operation_count = excluded.operation_count;
