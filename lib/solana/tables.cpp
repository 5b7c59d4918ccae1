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
};

constexpr model::Table kBlocks{"solana.blocks", kBlockColumns, 1, sql::solana::upsert_blocks};
constexpr model::Table kTransactions{"solana.transactions", kTransactionColumns, 2,
                                     sql::solana::upsert_transactions};
constexpr std::array<model::Table const*, 2> kTables{&kBlocks, &kTransactions};

}  // namespace

model::Table const& blocks_table() noexcept {
    return kBlocks;
}

model::Table const& transactions_table() noexcept {
    return kTransactions;
}

std::span<model::Table const* const> tables() noexcept {
    return kTables;
}

}  // namespace indexer::solana
