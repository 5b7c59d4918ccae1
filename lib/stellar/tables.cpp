#include "stellar/tables.hpp"

#include <array>

#include "sql/statements.hpp"

namespace indexer::stellar {
namespace {

using model::ColumnSpec;
using model::ColumnType;

constexpr std::array kLedgerColumns{
    ColumnSpec{"ledger", ColumnType::int8},
    ColumnSpec{"hash", ColumnType::text},
    ColumnSpec{"previous_ledger_hash", ColumnType::text},
    ColumnSpec{"ledger_closed_at", ColumnType::timestamptz},
    ColumnSpec{"protocol_version", ColumnType::int4},
    ColumnSpec{"transaction_count", ColumnType::int4},
    ColumnSpec{"failed_count", ColumnType::int4},
    ColumnSpec{"operation_count", ColumnType::int4},
    ColumnSpec{"fee_charged", ColumnType::int8},
    ColumnSpec{"total_coins", ColumnType::int8},
    ColumnSpec{"fee_pool", ColumnType::int8},
    ColumnSpec{"base_fee", ColumnType::int8},
    ColumnSpec{"base_reserve", ColumnType::int8},
    ColumnSpec{"max_tx_set_size", ColumnType::int8},
    ColumnSpec{"soroban_state_bytes", ColumnType::numeric},
    ColumnSpec{"upgrades", ColumnType::jsonb},
    ColumnSpec{"decoder_version", ColumnType::int2},
};

constexpr model::Table kLedgers{"stellar.ledgers", kLedgerColumns, 1, sql::stellar::upsert_ledgers};
constexpr std::array<model::Table const*, 1> kTables{&kLedgers};

}  // namespace

model::Table const& ledgers_table() noexcept {
    return kLedgers;
}

std::span<model::Table const* const> tables() noexcept {
    return kTables;
}

}  // namespace indexer::stellar
