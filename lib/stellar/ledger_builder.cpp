#include "stellar/ledger_builder.hpp"

#include <utility>

#include "stellar/ledger_proof.hpp"
#include "stellar/rows.hpp"
#include "stellar/tables.hpp"
#include "stellar/token_operation.hpp"

namespace indexer::stellar {
namespace {

// TransactionMeta
constexpr std::int32_t kWithoutChanges = 0;
constexpr std::int32_t kWithChangesBefore = 1;
constexpr std::int32_t kWithSorobanEvents = 3;
constexpr std::int32_t kWithAllEvents = 4;

}  // namespace

LedgerBuilder::LedgerBuilder(LedgerHead head, Hash const& network, Content const& content,
                             AssetContracts& contracts)
    : head_(std::move(head)),
      network_(network),
      contracts_(contracts),
      places_(head_.seq),
      rows_(model::empty_batches(content.tables)),
      ledgers_(model::rows_of(rows_, ledgers_table())),
      transactions_(model::rows_of(rows_, transactions_table())),
      operations_(model::rows_of(rows_, operations_table())),
      events_(model::rows_of(rows_, events_table())),
      token_operations_(model::rows_of(rows_, token_operations_table())),
      contract_code_(model::rows_of(rows_, contract_code_table())),
      account_entries_(model::rows_of(rows_, account_entries_table())) {
}

void LedgerBuilder::add_changes(xdr::Value const& changes) {
    if (account_entries_ != nullptr) accounts_.take(changes);
}

void LedgerBuilder::add(Transaction const& transaction, xdr::Value const& meta) {
    count(transaction);
    if (transactions_ != nullptr) append_transaction(head_, transaction, *transactions_);
    if (operations_ != nullptr) append_operations(head_, network_, transaction, *operations_);
    add_meta(transaction, meta);
}

void LedgerBuilder::count(Transaction const& transaction) {
    ++totals_.transactions;
    totals_.failed += transaction.succeeded ? 0 : 1;
    totals_.operations += static_cast<std::int32_t>(transaction.operations().size());
    totals_.fee_charged += transaction.result["fee_charged"].integer();
}

void LedgerBuilder::add_meta(Transaction const& transaction, xdr::Value const& meta) {
    auto const version = meta.discriminant();
    auto const content = *meta.content();
    if (version == kWithoutChanges) return add_operations(transaction, content);
    bool const one_list = version == kWithChangesBefore;
    add_changes(content[one_list ? "tx_changes" : "tx_changes_before"]);
    add_operations(transaction, content["operations"]);
    if (!one_list) add_changes(content["tx_changes_after"]);
    if (version == kWithSorobanEvents) {
        auto const soroban = content["soroban_meta"].present();
        if (soroban) add_events(transaction, 0, (*soroban)["events"]);
    }
    if (version != kWithAllEvents) return;
    for (auto const event : content["events"]) {
        add_event(transaction, places_.of_transaction(event, transaction.application_order));
    }
    if (!fees_.end(transaction.result["fee_charged"].integer())) {
        throw contradiction(head_, "its fee events do not add up to the fees charged");
    }
}

void LedgerBuilder::add_operations(Transaction const& transaction, xdr::Value const& metas) {
    if (metas.size() == 0) return;  // of one that failed
    std::int32_t index = 0;
    auto meta = metas.begin();
    for (auto const operation : transaction.operations()) {
        if (meta == metas.end()) return;
        auto const changes = (*meta)["changes"];
        add_changes(changes);
        if (contract_code_ != nullptr) {
            append_contract_code(head_, transaction,
                                 operation_source(transaction, operation).account, changes,
                                 *contract_code_);
        }
        bool const has_events = (*meta).type().name == "OperationMetaV2";
        if (has_events) add_events(transaction, index, (*meta)["events"]);
        ++index;
        ++meta;
    }
}

void LedgerBuilder::add_events(Transaction const& transaction, std::int32_t operation,
                               xdr::Value const& events) {
    std::int32_t index = 0;
    for (auto const event : events) {
        add_event(transaction,
                  places_.of_operation(event, transaction.application_order, operation, index++));
    }
}

void LedgerBuilder::add_event(Transaction const& transaction, Event const& event) {
    auto const contract = contract_of(event.value);
    if (events_ != nullptr) append_event(head_, transaction, event, contract, *events_);
    bool const of_transaction = event.stage.has_value();
    if (token_operations_ == nullptr && !of_transaction) return;
    auto const operation = read_token_operation(event.value, of_transaction);
    if (!operation) return;
    if (of_transaction && operation->type == "fee") fees_.add(*operation->amount);
    if (token_operations_ == nullptr) return;
    append_token_operation(head_, transaction, event, contract, *operation, contracts_,
                           *token_operations_);
}

model::Block LedgerBuilder::finish(xdr::Value const& contents) && {
    if (fees_.some_are_missing()) {
        throw contradiction(head_, "some of its transactions lack the fee event that others have");
    }
    totals_.classic_events = fees_.emitted();
    if (ledgers_ != nullptr) append_ledger(head_, totals_, contents, *ledgers_);
    if (account_entries_ != nullptr) {
        for (auto const& [key, state] : accounts_.states()) {
            append_account_entry(head_, state, *account_entries_);
        }
    }
    return {.link = {head_.seq, head_.hash},
            .parent = {base::Seq(head_.seq.value() - 1), head_.previous_hash},
            .transactions = static_cast<std::uint64_t>(totals_.transactions),
            .rows = std::move(rows_),
            .dead_letters = {}};
}

}  // namespace indexer::stellar
