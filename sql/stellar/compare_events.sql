-- The ledgers in [$1, $2) whose stored events are not those that getEvents told, which are the
-- columns from $3 on. Whether their transactions succeeded is not told by every server.
with told as (
    select *
    from unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::jsonb[],
                $9::text[], $10::boolean[])
        as row (ledger, id, type, contract_id, tx_hash, topics_xdr, value_xdr, succeeded)
), stored as (
    select * from stellar.events where ledger >= $1::bigint and ledger < $2::bigint
), different as (
    select coalesce(told.ledger, stored.ledger) as ledger, coalesce(told.id, stored.id) as id,
           case when stored.id is null then 'there, but not here'
                when told.id is null then 'here, but not there'
                else 'other ones there' end as how
    from told full join stored on told.ledger = stored.ledger and told.id = stored.id
    where (told.id, told.type, told.contract_id, told.tx_hash, told.topics_xdr, told.value_xdr,
           coalesce(told.succeeded, stored.in_successful_contract_call))
        is distinct from (
           stored.id, stored.type, stored.contract_id, stored.tx_hash, stored.topics_xdr,
           stored.value_xdr, stored.in_successful_contract_call)
)
select ledger as seq, format('events: %s %s, the first %s', count(*), how, min(id)) as finding
from different
group by ledger, how
order by ledger, how
