-- A batch of account entries: of each account the newest, which only ever replaces an older state or
-- corrects the one of the same ledger. Writers of several batches at once meet the accounts in the
-- same order, so none waits for another in a circle.
insert into stellar.account_entries as stored (
    account_id, last_modified_ledger_seq, balance, seq_num, num_sub_entries, flags, home_domain,
    signers, ext, inflation_dest, thresholds, sponsoring_id, deleted
)
select distinct on (account_id)
    account_id, last_modified_ledger_seq, balance, seq_num, num_sub_entries, flags, home_domain,
    signers, ext, inflation_dest, thresholds, sponsoring_id, deleted
from
    unnest(
        $1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[],
        $7::text[], $8::jsonb[], $9::jsonb[], $10::text[], $11::bytea[], $12::text[],
        $13::boolean[]
    ) as row (
        account_id, last_modified_ledger_seq, balance, seq_num, num_sub_entries, flags,
        home_domain, signers, ext, inflation_dest, thresholds, sponsoring_id, deleted
    )
where not exists (
    select from stellar.account_entries as same
    where same.account_id = row.account_id
        and (
            same.last_modified_ledger_seq > row.last_modified_ledger_seq
            or (
                same.last_modified_ledger_seq, same.balance, same.seq_num, same.num_sub_entries,
                same.flags, same.home_domain, same.signers, same.ext, same.inflation_dest,
                same.thresholds, same.sponsoring_id, same.deleted
            ) is not distinct from (
                row.last_modified_ledger_seq, row.balance, row.seq_num, row.num_sub_entries,
                row.flags, row.home_domain, row.signers, row.ext, row.inflation_dest,
                row.thresholds, row.sponsoring_id, row.deleted
            )
        )
)
order by account_id, last_modified_ledger_seq desc
on conflict (account_id) do update set
    last_modified_ledger_seq = excluded.last_modified_ledger_seq,
    balance = excluded.balance,
    seq_num = excluded.seq_num,
    num_sub_entries = excluded.num_sub_entries,
    flags = excluded.flags,
    home_domain = excluded.home_domain,
    signers = excluded.signers,
    ext = excluded.ext,
    inflation_dest = excluded.inflation_dest,
    thresholds = excluded.thresholds,
    sponsoring_id = excluded.sponsoring_id,
    deleted = excluded.deleted
where stored.last_modified_ledger_seq <= excluded.last_modified_ledger_seq;
