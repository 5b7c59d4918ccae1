#pragma once

#include <optional>
#include <string>

#include "solana/transaction.hpp"

namespace indexer::solana {

// The texts of the transaction's memo instructions, top-level ones first, a line each. Nothing when
// it has none. Bytes that are no UTF-8 (a failed transaction may hold such) leave a memo out.
[[nodiscard]] std::optional<std::string> memo(Transaction const& transaction);

}  // namespace indexer::solana
