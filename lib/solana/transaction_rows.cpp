#include <optional>

#include "solana/cells.hpp"
#include "solana/compute_budget.hpp"
#include "solana/invariants.hpp"
#include "solana/memo.hpp"
#include "solana/rows.hpp"

namespace indexer::solana {
namespace {

std::optional<bool> success(Transaction const& transaction) noexcept {
    if (!transaction.executed) return std::nullopt;
    return !transaction.failed();
}

}  // namespace

void append_transaction(BlockHeader const& header, Transaction const& transaction, bool vote,
                        model::RowBatch& rows) {
    auto const budget = compute_budget(transaction);
    rows.append(
        header.slot.value(), transaction.index, transaction.signature, header.time,
        unless_empty(transaction.version), vote, success(transaction),
        unless_empty(transaction.error), transaction.fee, priority_fee(transaction),
        transaction.accounts.front(), transaction.signature_count, transaction.accounts.size(),
        transaction.instructions.size(), transaction.inner_instructions.size(), budget.unit_limit,
        numeric(budget.unit_price), transaction.compute_units_consumed, transaction.cost_units,
        transaction.recent_blockhash, memo(transaction), unless_empty(unrecorded(transaction)));
}

}  // namespace indexer::solana
