#pragma once

#include <span>

#include "model/check.hpp"

namespace indexer::solana {

// What a verification asks of Solana's tables.
[[nodiscard]] std::span<model::Check const> checks() noexcept;

}  // namespace indexer::solana
