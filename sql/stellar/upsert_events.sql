-- A batch of events. A row that is there already and does not differ is not touched, so that a
-- re-run leaves no dead tuples and writes no log.
insert into stellar.events (
    ledger, id, type, ledger_closed_at, contract_id, tx_hash, transaction_index,
    operation_index, event_index, stage, topics, value, topics_xdr, value_xdr,
    in_successful_contract_call
)
select
    ledger, id, type, ledger_closed_at, contract_id, tx_hash, transaction_index,
    operation_index, event_index, stage, topics, value, topics_xdr, value_xdr,
    in_successful_contract_call
from
    unnest(
        $1::bigint[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[],
        $7::int[], $8::int[], $9::int[], $10::text[], $11::jsonb[], $12::jsonb[], $13::jsonb[],
        $14::text[], $15::boolean[]
    ) as row (
        ledger, id, type, ledger_closed_at, contract_id, tx_hash, transaction_index,
        operation_index, event_index, stage, topics, value, topics_xdr, value_xdr,
        in_successful_contract_call
    )
where not exists (
    select from stellar.events as same
    where same.ledger = row.ledger and same.id = row.id
        and (
            same.type, same.ledger_closed_at, same.contract_id, same.tx_hash,
            same.transaction_index, same.operation_index, same.event_index, same.stage,
            same.topics, same.value, same.topics_xdr, same.value_xdr,
            same.in_successful_contract_call
        ) is not distinct from (
            row.type, row.ledger_closed_at, row.contract_id, row.tx_hash, row.transaction_index,
            row.operation_index, row.event_index, row.stage, row.topics, row.value,
            row.topics_xdr, row.value_xdr, row.in_successful_contract_call
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
    event_index = excluded.event_index,
    stage = excluded.stage,
    topics = excluded.topics,
    value = excluded.value,
    topics_xdr = excluded.topics_xdr,
    value_xdr = excluded.value_xdr,
    in_successful_contract_call = excluded.in_successful_contract_call;
