-- A batch of blocks. A row that is there already and does not differ is not touched, so that a
-- re-run leaves no dead tuples and writes no log. Rewards are known only to runs that ask for them:
-- another run keeps what is there, of the same block.
insert into solana.blocks as stored (
    slot, block_height, block_time, blockhash, parent_slot, previous_blockhash,
    transaction_count, vote_count, failed_count, total_fee, compute_units_consumed, rewards,
    reward_partitions, decoder_version
)
select
    slot, block_height, block_time, blockhash, parent_slot, previous_blockhash,
    transaction_count, vote_count, failed_count, total_fee, compute_units_consumed, rewards,
    reward_partitions, decoder_version
from
    unnest(
        $1::bigint[], $2::bigint[], $3::timestamptz[], $4::text[], $5::bigint[], $6::text[],
        $7::int[], $8::int[], $9::int[], $10::bigint[], $11::bigint[], $12::jsonb[],
        $13::bigint[], $14::smallint[]
    ) as row (
        slot, block_height, block_time, blockhash, parent_slot, previous_blockhash,
        transaction_count, vote_count, failed_count, total_fee, compute_units_consumed, rewards,
        reward_partitions, decoder_version
    )
where not exists (
    select from solana.blocks as same
    where same.slot = row.slot
        and (
            same.block_height, same.block_time, same.blockhash, same.parent_slot,
            same.previous_blockhash, same.transaction_count, same.vote_count, same.failed_count,
            same.total_fee, same.compute_units_consumed, same.decoder_version
        ) is not distinct from (
            row.block_height, row.block_time, row.blockhash, row.parent_slot,
            row.previous_blockhash, row.transaction_count, row.vote_count, row.failed_count,
            row.total_fee, row.compute_units_consumed, row.decoder_version
        )
        and (row.rewards is null or same.rewards is not distinct from row.rewards)
        and (
            row.reward_partitions is null
            or same.reward_partitions is not distinct from row.reward_partitions
        )
)
order by slot
on conflict (slot) do update set
    block_height = excluded.block_height,
    block_time = excluded.block_time,
    blockhash = excluded.blockhash,
    parent_slot = excluded.parent_slot,
    previous_blockhash = excluded.previous_blockhash,
    transaction_count = excluded.transaction_count,
    vote_count = excluded.vote_count,
    failed_count = excluded.failed_count,
    total_fee = excluded.total_fee,
    compute_units_consumed = excluded.compute_units_consumed,
    rewards = case when stored.blockhash = excluded.blockhash
                   then coalesce(excluded.rewards, stored.rewards)
                   else excluded.rewards end,
    reward_partitions = case when stored.blockhash = excluded.blockhash
                             then coalesce(excluded.reward_partitions, stored.reward_partitions)
                             else excluded.reward_partitions end,
    decoder_version = excluded.decoder_version;
