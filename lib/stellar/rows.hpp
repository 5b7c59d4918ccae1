#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/row_batch.hpp"
#include "stellar/account_states.hpp"
#include "stellar/asset_contracts.hpp"
#include "stellar/event.hpp"
#include "stellar/hash.hpp"
#include "stellar/ledger_view.hpp"
#include "stellar/token_operation.hpp"
#include "stellar/transaction.hpp"

// The row builders: each appends what one table holds of a ledger or of one of its transactions.
// A new table is a new builder, called by LedgerBuilder.
namespace indexer::stellar {

// stellar.ledgers; `contents` is what LedgerCloseMeta of any version holds.
void append_ledger(LedgerHead const& head, LedgerTotals const& totals, xdr::Value const& contents,
                   model::RowBatch& rows);

// stellar.transactions
void append_transaction(LedgerHead const& head, Transaction const& transaction,
                        model::RowBatch& rows);

// stellar.operations
void append_operations(LedgerHead const& head, Hash const& network, Transaction const& transaction,
                       model::RowBatch& rows);

// The contract of a ContractEvent, C...
[[nodiscard]] std::optional<std::string> contract_of(xdr::Value const& event);

// stellar.events; `contract` is that of the event, here and below.
void append_event(LedgerHead const& head, Transaction const& transaction, Event const& event,
                  std::optional<std::string> const& contract, model::RowBatch& rows);

// stellar.token_operations
void append_token_operation(LedgerHead const& head, Transaction const& transaction,
                            Event const& event, std::optional<std::string> const& contract,
                            TokenOperation const& operation, AssetContracts& contracts,
                            model::RowBatch& rows);

// stellar.contract_code; `changes` are LedgerEntryChanges of one operation, `uploader` its source.
void append_contract_code(LedgerHead const& head, Transaction const& transaction,
                          std::string_view uploader, xdr::Value const& changes,
                          model::RowBatch& rows);

// stellar.account_entries
void append_account_entry(LedgerHead const& head, AccountStates::State const& state,
                          model::RowBatch& rows);

}  // namespace indexer::stellar
