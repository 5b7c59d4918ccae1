#include "solana/tables.hpp"

#include <array>

#include "sql/statements.hpp"

namespace indexer::solana {
namespace {

using model::ColumnSpec;
using model::ColumnType;

constexpr std::array kBlockColumns{
    ColumnSpec{"slot", ColumnType::int8},
    ColumnSpec{"block_height", ColumnType::int8},
    ColumnSpec{"block_time", ColumnType::timestamptz},
    ColumnSpec{"blockhash", ColumnType::text},
    ColumnSpec{"parent_slot", ColumnType::int8},
    ColumnSpec{"previous_blockhash", ColumnType::text},
    ColumnSpec{"transaction_count", ColumnType::int4},
    ColumnSpec{"vote_count", ColumnType::int4},
    ColumnSpec{"failed_count", ColumnType::int4},
    ColumnSpec{"total_fee", ColumnType::int8},
    ColumnSpec{"compute_units_consumed", ColumnType::int8},
    ColumnSpec{"rewards", ColumnType::jsonb},
    ColumnSpec{"reward_partitions", ColumnType::int8},
    ColumnSpec{"decoder_version", ColumnType::int2},
};

constexpr std::array kTransactionColumns{
    ColumnSpec{"slot", ColumnType::int8},
    ColumnSpec{"transaction_index", ColumnType::int4},
    ColumnSpec{"signature", ColumnType::text},
    ColumnSpec{"block_time", ColumnType::timestamptz},
    ColumnSpec{"version", ColumnType::text},
    ColumnSpec{"is_vote", ColumnType::boolean},
    ColumnSpec{"success", ColumnType::boolean},
    ColumnSpec{"err", ColumnType::jsonb},
    ColumnSpec{"fee", ColumnType::int8},
    ColumnSpec{"priority_fee", ColumnType::int8},
    ColumnSpec{"fee_payer", ColumnType::text},
    ColumnSpec{"signature_count", ColumnType::int4},
    ColumnSpec{"account_count", ColumnType::int4},
    ColumnSpec{"instruction_count", ColumnType::int4},
    ColumnSpec{"inner_instruction_count", ColumnType::int4},
    ColumnSpec{"compute_unit_limit", ColumnType::int8},
    ColumnSpec{"compute_unit_price", ColumnType::numeric},
    ColumnSpec{"compute_units_consumed", ColumnType::int8},
    ColumnSpec{"cost_units", ColumnType::int8},
    ColumnSpec{"recent_blockhash", ColumnType::text},
    ColumnSpec{"memo", ColumnType::text},
    ColumnSpec{"unrecorded", ColumnType::text, true},
};

constexpr std::array kTokenTransferColumns{
    ColumnSpec{"slot", ColumnType::int8},
    ColumnSpec{"transaction_index", ColumnType::int4},
    ColumnSpec{"instruction_index", ColumnType::int2},
    ColumnSpec{"inner_index", ColumnType::int2},
    ColumnSpec{"batch_index", ColumnType::int2},
    ColumnSpec{"signature", ColumnType::text},
    ColumnSpec{"block_time", ColumnType::timestamptz},
    ColumnSpec{"kind", ColumnType::text},
    ColumnSpec{"program", ColumnType::text},
    ColumnSpec{"mint", ColumnType::text},
    ColumnSpec{"decimals", ColumnType::int2},
    ColumnSpec{"amount", ColumnType::numeric},
    ColumnSpec{"fee", ColumnType::numeric},
    ColumnSpec{"from_address", ColumnType::text},
    ColumnSpec{"to_address", ColumnType::text},
    ColumnSpec{"from_token_account", ColumnType::text},
    ColumnSpec{"to_token_account", ColumnType::text},
    ColumnSpec{"authority", ColumnType::text},
};

constexpr std::array kSolTransferColumns{
    ColumnSpec{"slot", ColumnType::int8},
    ColumnSpec{"transaction_index", ColumnType::int4},
    ColumnSpec{"instruction_index", ColumnType::int2},
    ColumnSpec{"inner_index", ColumnType::int2},
    ColumnSpec{"signature", ColumnType::text},
    ColumnSpec{"block_time", ColumnType::timestamptz},
    ColumnSpec{"kind", ColumnType::text},
    ColumnSpec{"from_address", ColumnType::text},
    ColumnSpec{"to_address", ColumnType::text},
    ColumnSpec{"lamports", ColumnType::int8},
};

constexpr std::array kSwapColumns{
    ColumnSpec{"slot", ColumnType::int8},
    ColumnSpec{"transaction_index", ColumnType::int4},
    ColumnSpec{"instruction_index", ColumnType::int2},
    ColumnSpec{"inner_index", ColumnType::int2},
    ColumnSpec{"leg", ColumnType::int2},
    ColumnSpec{"signature", ColumnType::text},
    ColumnSpec{"block_time", ColumnType::timestamptz},
    ColumnSpec{"venue", ColumnType::text},
    ColumnSpec{"program", ColumnType::text},
    ColumnSpec{"pool", ColumnType::text},
    ColumnSpec{"trader", ColumnType::text},
    ColumnSpec{"input_mint", ColumnType::text},
    ColumnSpec{"input_amount", ColumnType::numeric},
    ColumnSpec{"input_decimals", ColumnType::int2},
    ColumnSpec{"output_mint", ColumnType::text},
    ColumnSpec{"output_amount", ColumnType::numeric},
    ColumnSpec{"output_decimals", ColumnType::int2},
    ColumnSpec{"fee_mint", ColumnType::text},
    ColumnSpec{"fee_amount", ColumnType::numeric},
    ColumnSpec{"is_aggregator_leg", ColumnType::boolean},
    ColumnSpec{"leg_program", ColumnType::text},
    ColumnSpec{"aggregator", ColumnType::text},
    ColumnSpec{"aggregator_inner_index", ColumnType::int2},
};

constexpr model::Table kBlocks{"solana.blocks", kBlockColumns, 1, sql::solana::upsert_blocks,
                               sql::solana::read_blocks};
constexpr model::Table kTransactions{
    "solana.transactions",          kTransactionColumns, 2, sql::solana::upsert_transactions,
    sql::solana::read_transactions, "signature"};
constexpr model::Table kTokenTransfers{"solana.token_transfers", kTokenTransferColumns, 5,
                                       sql::solana::upsert_token_transfers,
                                       sql::solana::read_token_transfers};
constexpr model::Table kSolTransfers{"solana.sol_transfers", kSolTransferColumns, 4,
                                     sql::solana::upsert_sol_transfers,
                                     sql::solana::read_sol_transfers};
constexpr model::Table kSwaps{"solana.swaps", kSwapColumns, 5, sql::solana::upsert_swaps,
                              sql::solana::read_swaps};
constexpr std::array<model::Table const*, 5> kTables{&kBlocks, &kTransactions, &kTokenTransfers,
                                                     &kSolTransfers, &kSwaps};

}  // namespace

model::Table const& blocks_table() noexcept {
    return kBlocks;
}

model::Table const& transactions_table() noexcept {
    return kTransactions;
}

model::Table const& token_transfers_table() noexcept {
    return kTokenTransfers;
}

model::Table const& sol_transfers_table() noexcept {
    return kSolTransfers;
}

model::Table const& swaps_table() noexcept {
    return kSwaps;
}

std::span<model::Table const* const> tables() noexcept {
    return kTables;
}

}  // namespace indexer::solana
