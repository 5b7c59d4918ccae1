#pragma once

#include <span>
#include <string_view>

#include "model/check.hpp"

namespace indexer::solana {

// What a verification asks of Solana's tables.
[[nodiscard]] std::span<model::Check const> checks() noexcept;

// What nodes did not record of transactions: a statement as store::notes() asks it.
[[nodiscard]] std::string_view notes() noexcept;

// Finds what is stored of slots whose blocks were deleted, as pipeline::Abandoned asks for it.
[[nodiscard]] std::string_view find_abandoned() noexcept;

}  // namespace indexer::solana
