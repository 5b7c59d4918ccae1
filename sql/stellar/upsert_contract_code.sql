-- A batch of contracts' code. Code never changes: what is there stays, and of several times that the
-- batch has the same the first is kept.
insert into stellar.contract_code (
    hash, ledger, wasm, deployed_at, tx_hash, uploaded_by, size_bytes
)
select
    hash, ledger, wasm, deployed_at, tx_hash, uploaded_by, size_bytes
from
    unnest(
        $1::text[], $2::bigint[], $3::bytea[], $4::timestamptz[], $5::text[], $6::text[],
        $7::int[]
    ) as row (
        hash, ledger, wasm, deployed_at, tx_hash, uploaded_by, size_bytes
    )
where not exists (select from stellar.contract_code as same where same.hash = row.hash)
order by hash, ledger
on conflict (hash) do nothing;
