#pragma once

#include <cstdint>
#include <optional>

#include "solana/transaction.hpp"

namespace indexer::solana {

// What a transaction asked of the scheduler. Nothing where it did not ask.
struct ComputeBudget {
    std::optional<std::int64_t> unit_limit;   // compute units
    std::optional<std::uint64_t> unit_price;  // micro-lamports a compute unit
};

[[nodiscard]] ComputeBudget compute_budget(Transaction const& transaction);

// Lamports paid above the base fee of 5,000 a signature, where the signatures that the built-in
// programs check count too. Nothing where the fee is not known, or was below that.
[[nodiscard]] std::optional<std::int64_t> priority_fee(Transaction const& transaction);

}  // namespace indexer::solana
