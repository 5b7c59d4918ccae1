#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/column.hpp"

// Values as the row builders put them into cells.
namespace indexer::solana {

inline model::Numeric numeric(std::uint64_t number) noexcept {
    return {.magnitude = number, .negative = false};
}

inline std::optional<model::Numeric> numeric(std::optional<std::uint64_t> number) noexcept {
    if (!number) return std::nullopt;
    return numeric(*number);
}

// Empty text stands for what is not known.
inline std::optional<std::string_view> unless_empty(std::string_view text) noexcept {
    if (text.empty()) return std::nullopt;
    return text;
}

}  // namespace indexer::solana
