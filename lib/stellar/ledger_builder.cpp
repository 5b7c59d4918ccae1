#include "stellar/ledger_builder.hpp"

#include <algorithm>
#include <utility>

#include "stellar/result.hpp"
#include "stellar/rows.hpp"
#include "stellar/tables.hpp"

namespace indexer::stellar {
namespace {

std::vector<model::RowBatch> no_rows(Content const& content) {
    std::vector<model::RowBatch> rows;
    rows.reserve(content.tables.size());
    for (model::Table const* const table : content.tables) rows.emplace_back(*table);
    return rows;
}

}  // namespace

LedgerBuilder::LedgerBuilder(LedgerHead head, Content const& content)
    : head_(std::move(head)), rows_(no_rows(content)), ledgers_(rows_of(ledgers_table())) {
}

model::RowBatch* LedgerBuilder::rows_of(model::Table const& table) noexcept {
    auto const found = std::find_if(rows_.begin(), rows_.end(),
                                    [&](auto const& batch) { return &batch.table() == &table; });
    return found == rows_.end() ? nullptr : &*found;
}

void LedgerBuilder::add(xdr::Value const& processing) {
    count(processing["result"]["result"]);
}

void LedgerBuilder::count(xdr::Value const& result) {
    ++totals_.transactions;
    totals_.failed += succeeded(result) ? 0 : 1;
    totals_.fee_charged += result["fee_charged"].integer();
}

model::Block LedgerBuilder::finish(xdr::Value const& contents) && {
    if (ledgers_ != nullptr) append_ledger(head_, totals_, contents, *ledgers_);
    return {.link = {head_.seq, head_.hash},
            .parent = {base::Seq(head_.seq.value() - 1), head_.previous_hash},
            .transactions = static_cast<std::uint64_t>(totals_.transactions),
            .rows = std::move(rows_),
            .dead_letters = {}};
}

}  // namespace indexer::stellar
