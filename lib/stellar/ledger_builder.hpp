#pragma once

#include <vector>

#include "model/block.hpp"
#include "stellar/account_states.hpp"
#include "stellar/asset_contracts.hpp"
#include "stellar/content.hpp"
#include "stellar/event.hpp"
#include "stellar/fee_events.hpp"
#include "stellar/hash.hpp"
#include "stellar/ledger_view.hpp"
#include "stellar/transaction.hpp"

namespace indexer::stellar {

// A ledger while it is read: what is known of it, and the rows made so far.
class LedgerBuilder {
  public:
    // What is passed by reference must outlive the builder.
    LedgerBuilder(LedgerHead head, Hash const& network, Content const& content,
                  AssetContracts& contracts);

    // Changes of any ledger entries, in the order in which they were made.
    void add_changes(xdr::Value const& changes);

    // The next transaction in the order they were applied, and its TransactionMeta of any version.
    // Throws as require_committed() does when its fee events contradict its fee.
    void add(Transaction const& transaction, xdr::Value const& meta);

    // `contents` is what LedgerCloseMeta holds. Throws likewise when some fee events lack.
    [[nodiscard]] model::Block finish(xdr::Value const& contents) &&;

  private:
    void count(Transaction const& transaction);
    void add_meta(Transaction const& transaction, xdr::Value const& meta);
    void add_operations(Transaction const& transaction, xdr::Value const& metas);
    void add_events(Transaction const& transaction, std::int32_t operation,
                    xdr::Value const& events);
    void add_event(Transaction const& transaction, Event const& event);

    LedgerHead head_;
    Hash const& network_;
    AssetContracts& contracts_;
    EventPlaces places_;
    FeeEvents fees_;
    AccountStates accounts_;
    LedgerTotals totals_;
    std::vector<model::RowBatch> rows_;
    // Into rows_; null where the table is not written.
    model::RowBatch* const ledgers_;
    model::RowBatch* const transactions_;
    model::RowBatch* const operations_;
    model::RowBatch* const events_;
    model::RowBatch* const token_operations_;
    model::RowBatch* const contract_code_;
    model::RowBatch* const account_entries_;
};

}  // namespace indexer::stellar
