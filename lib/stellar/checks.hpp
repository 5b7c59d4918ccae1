#pragma once

#include <span>

#include "model/check.hpp"

namespace indexer::stellar {

// What a verification asks of Stellar's tables.
[[nodiscard]] std::span<model::Check const> checks() noexcept;

}  // namespace indexer::stellar
