#pragma once

#include <vector>

#include "model/block.hpp"
#include "stellar/content.hpp"
#include "stellar/ledger_view.hpp"

namespace indexer::stellar {

// A ledger while it is read: what is known of it, and the rows made so far.
class LedgerBuilder {
  public:
    // `content` must outlive the builder.
    LedgerBuilder(LedgerHead head, Content const& content);

    // The next transaction in the order they were applied: a TransactionResultMeta of any version.
    void add(xdr::Value const& processing);

    // `contents` is what LedgerCloseMeta holds.
    [[nodiscard]] model::Block finish(xdr::Value const& contents) &&;

  private:
    [[nodiscard]] model::RowBatch* rows_of(model::Table const& table) noexcept;
    void count(xdr::Value const& result);

    LedgerHead head_;
    LedgerTotals totals_;
    std::vector<model::RowBatch> rows_;
    // Into rows_; null where the table is not written.
    model::RowBatch* const ledgers_;
};

}  // namespace indexer::stellar
