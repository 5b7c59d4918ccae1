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
    ColumnSpec{"ledger_closed_ms", ColumnType::int8, true},
    ColumnSpec{"classic_events", ColumnType::boolean, true},
};

constexpr std::array kTransactionsColumns{
    ColumnSpec{"ledger", ColumnType::int8},
    ColumnSpec{"application_order", ColumnType::int4},
    ColumnSpec{"id", ColumnType::text},
    ColumnSpec{"status", ColumnType::text},
    ColumnSpec{"ledger_created_at", ColumnType::timestamptz},
    ColumnSpec{"fee_bump", ColumnType::boolean},
    ColumnSpec{"fee_bump_info", ColumnType::jsonb},
    ColumnSpec{"fee", ColumnType::int8},
    ColumnSpec{"fee_charged", ColumnType::int8},
    ColumnSpec{"sequence", ColumnType::int8},
    ColumnSpec{"source_account", ColumnType::text},
    ColumnSpec{"muxed_account_id", ColumnType::numeric},
    ColumnSpec{"memo", ColumnType::jsonb},
    ColumnSpec{"preconditions", ColumnType::jsonb},
    ColumnSpec{"signatures", ColumnType::jsonb},
    ColumnSpec{"result_code", ColumnType::text},
    ColumnSpec{"operation_count", ColumnType::int4},
};

constexpr std::array kOperationsColumns{
    ColumnSpec{"ledger", ColumnType::int8},
    ColumnSpec{"application_order", ColumnType::int4},
    ColumnSpec{"operation_index", ColumnType::int4},
    ColumnSpec{"tx_hash", ColumnType::text},
    ColumnSpec{"ledger_closed_at", ColumnType::timestamptz},
    ColumnSpec{"operation_type", ColumnType::text},
    ColumnSpec{"source_account", ColumnType::text},
    ColumnSpec{"muxed_account_id", ColumnType::numeric},
    ColumnSpec{"result_code", ColumnType::text},
    ColumnSpec{"transaction_successful", ColumnType::boolean},
    ColumnSpec{"operation_details", ColumnType::jsonb},
};

constexpr std::array kEventsColumns{
    ColumnSpec{"ledger", ColumnType::int8},
    ColumnSpec{"id", ColumnType::text},
    ColumnSpec{"type", ColumnType::text},
    ColumnSpec{"ledger_closed_at", ColumnType::timestamptz},
    ColumnSpec{"contract_id", ColumnType::text},
    ColumnSpec{"tx_hash", ColumnType::text},
    ColumnSpec{"transaction_index", ColumnType::int4},
    ColumnSpec{"operation_index", ColumnType::int4},
    ColumnSpec{"event_index", ColumnType::int4},
    ColumnSpec{"stage", ColumnType::text},
    ColumnSpec{"topics", ColumnType::jsonb},
    ColumnSpec{"value", ColumnType::jsonb},
    ColumnSpec{"topics_xdr", ColumnType::jsonb},
    ColumnSpec{"value_xdr", ColumnType::text},
    ColumnSpec{"in_successful_contract_call", ColumnType::boolean},
};

constexpr std::array kTokenOperationsColumns{
    ColumnSpec{"ledger", ColumnType::int8},
    ColumnSpec{"id", ColumnType::text},
    ColumnSpec{"type", ColumnType::text},
    ColumnSpec{"ledger_closed_at", ColumnType::timestamptz},
    ColumnSpec{"contract_id", ColumnType::text},
    ColumnSpec{"tx_hash", ColumnType::text},
    ColumnSpec{"transaction_index", ColumnType::int4},
    ColumnSpec{"operation_index", ColumnType::int4},
    ColumnSpec{"from_address", ColumnType::text},
    ColumnSpec{"to_address", ColumnType::text},
    ColumnSpec{"admin", ColumnType::text},
    ColumnSpec{"amount", ColumnType::numeric},
    ColumnSpec{"authorized", ColumnType::boolean},
    ColumnSpec{"expiration_ledger", ColumnType::int8},
    ColumnSpec{"to_muxed_id", ColumnType::text},
    ColumnSpec{"to_muxed_type", ColumnType::text},
    ColumnSpec{"asset", ColumnType::text},
    ColumnSpec{"is_stellar_asset", ColumnType::boolean},
};

constexpr std::array kContractCodeColumns{
    ColumnSpec{"hash", ColumnType::text},       ColumnSpec{"ledger", ColumnType::int8},
    ColumnSpec{"wasm", ColumnType::bytea},      ColumnSpec{"deployed_at", ColumnType::timestamptz},
    ColumnSpec{"tx_hash", ColumnType::text},    ColumnSpec{"uploaded_by", ColumnType::text},
    ColumnSpec{"size_bytes", ColumnType::int4},
};

constexpr std::array kAccountEntriesColumns{
    ColumnSpec{"account_id", ColumnType::text},
    ColumnSpec{"last_modified_ledger_seq", ColumnType::int8},
    ColumnSpec{"balance", ColumnType::int8},
    ColumnSpec{"seq_num", ColumnType::int8},
    ColumnSpec{"num_sub_entries", ColumnType::int8},
    ColumnSpec{"flags", ColumnType::int8},
    ColumnSpec{"home_domain", ColumnType::text},
    ColumnSpec{"signers", ColumnType::jsonb},
    ColumnSpec{"ext", ColumnType::jsonb},
    ColumnSpec{"inflation_dest", ColumnType::text},
    ColumnSpec{"thresholds", ColumnType::bytea},
    ColumnSpec{"sponsoring_id", ColumnType::text},
    ColumnSpec{"deleted", ColumnType::boolean},
};

constexpr model::Table kLedgers{"stellar.ledgers", kLedgerColumns, 1, sql::stellar::upsert_ledgers,
                                sql::stellar::read_ledgers};
constexpr model::Table kTransactions{"stellar.transactions",
                                     kTransactionsColumns,
                                     2,
                                     sql::stellar::upsert_transactions,
                                     sql::stellar::read_transactions,
                                     "id"};
constexpr model::Table kOperations{"stellar.operations", kOperationsColumns, 3,
                                   sql::stellar::upsert_operations, sql::stellar::read_operations};
constexpr model::Table kEvents{"stellar.events", kEventsColumns, 2, sql::stellar::upsert_events,
                               sql::stellar::read_events};
constexpr model::Table kTokenOperations{"stellar.token_operations", kTokenOperationsColumns, 2,
                                        sql::stellar::upsert_token_operations,
                                        sql::stellar::read_token_operations};
// The ledger is not part of their keys in the database. Here it tells one time that a group of
// ledgers has the same entry from the next, for the statement to choose from.
constexpr model::Table kContractCode{"stellar.contract_code", kContractCodeColumns, 2,
                                     sql::stellar::upsert_contract_code};
constexpr model::Table kAccountEntries{"stellar.account_entries", kAccountEntriesColumns, 2,
                                       sql::stellar::upsert_account_entries};
constexpr std::array<model::Table const*, 7> kTables{
    &kLedgers,         &kTransactions, &kOperations,    &kEvents,
    &kTokenOperations, &kContractCode, &kAccountEntries};

}  // namespace

model::Table const& ledgers_table() noexcept {
    return kLedgers;
}

model::Table const& transactions_table() noexcept {
    return kTransactions;
}

model::Table const& operations_table() noexcept {
    return kOperations;
}

model::Table const& events_table() noexcept {
    return kEvents;
}

model::Table const& token_operations_table() noexcept {
    return kTokenOperations;
}

model::Table const& contract_code_table() noexcept {
    return kContractCode;
}

model::Table const& account_entries_table() noexcept {
    return kAccountEntries;
}

std::span<model::Table const* const> tables() noexcept {
    return kTables;
}

}  // namespace indexer::stellar
