#pragma once

#include <span>
#include <string_view>

#include "model/check.hpp"

namespace indexer::stellar {

// What a verification asks of Stellar's tables.
[[nodiscard]] std::span<model::Check const> checks() noexcept;

// What nodes did not emit: a statement as store::notes() asks it.
[[nodiscard]] std::string_view notes() noexcept;

}  // namespace indexer::stellar
