-- A batch of contracts' code. Code never changes; when it was first seen does, where ledgers come out
-- of order: of several sightings the earliest is kept, whoever comes first. Writers of several
-- batches at once meet the codes in the same order, so none waits for another in a circle.
insert into stellar.contract_code as stored (
    hash, ledger, wasm, deployed_at, tx_hash, uploaded_by, size_bytes
)
select distinct on (hash)
    hash, ledger, wasm, deployed_at, tx_hash, uploaded_by, size_bytes
from
    unnest(
        $1::text[], $2::bigint[], $3::bytea[], $4::timestamptz[], $5::text[], $6::text[],
        $7::int[]
    ) as row (
        hash, ledger, wasm, deployed_at, tx_hash, uploaded_by, size_bytes
    )
where not exists (
    select from stellar.contract_code as same
    where same.hash = row.hash
        and (
            same.ledger < row.ledger
            or (same.ledger, same.deployed_at, same.tx_hash, same.uploaded_by)
            is not distinct from (row.ledger, row.deployed_at, row.tx_hash, row.uploaded_by)
        )
)
order by hash, ledger
on conflict (hash) do update set
    ledger = excluded.ledger,
    deployed_at = excluded.deployed_at,
    tx_hash = excluded.tx_hash,
    uploaded_by = excluded.uploaded_by
where stored.ledger >= excluded.ledger;
