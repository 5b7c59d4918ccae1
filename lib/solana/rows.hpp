#pragma once

#include "model/row_batch.hpp"
#include "solana/block_header.hpp"
#include "solana/programs/activity.hpp"
#include "solana/transaction.hpp"

// The row builders: each appends what one table holds of a block or of one of its transactions.
// A new table is a new builder, called by BlockDecoder.
namespace indexer::solana {

// solana.blocks
void append_block(BlockHeader const& header, BlockTotals const& totals, model::RowBatch& rows);

// solana.transactions
void append_transaction(BlockHeader const& header, Transaction const& transaction, bool vote,
                        model::RowBatch& rows);

// solana.token_transfers
void append_token_transfer(BlockHeader const& header, Transaction const& transaction,
                           TokenMove const& move, model::RowBatch& rows);

// solana.sol_transfers
void append_sol_transfer(BlockHeader const& header, Transaction const& transaction,
                         LamportMove const& move, model::RowBatch& rows);

// solana.swaps
void append_swap(BlockHeader const& header, Transaction const& transaction, Swap const& swap,
                 Ledger const& ledger, model::RowBatch& rows);

}  // namespace indexer::solana
