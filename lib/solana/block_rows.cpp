#include "solana/rows.hpp"
#include "solana/tables.hpp"

namespace indexer::solana {

void append_block(BlockHeader const& header, BlockTotals const& totals, model::RowBatch& rows) {
    rows.append(header.slot.value(), header.height, header.time, header.blockhash,
                header.parent_slot, header.previous_blockhash, totals.transactions, totals.votes,
                totals.failed, totals.fee, totals.compute_units_consumed, header.rewards,
                header.reward_partitions, kDecoderVersion);
}

}  // namespace indexer::solana
