#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "rpc/verdict.hpp"

namespace indexer::rpc {

// Words by which a provider says that it was asked too much. They come under any code, and often
// with HTTP 200, so the words decide.
struct LimitShape {
    std::string_view words;   // lower case; blanks stand for '-' and '_' as well
    Verdict verdict;          // busy: so often a second; exhausted: so much a day or month
    std::string_view who;     // says so
    std::string_view source;  // where that was seen
};

// The table of them, of which the one in CONTRIBUTING.md is made.
[[nodiscard]] std::span<LimitShape const> limit_shapes() noexcept;

// What a text says of a limit; nothing when it has none of the shapes. In whatever case.
[[nodiscard]] std::optional<Verdict> limit_in(std::string_view text) noexcept;

}  // namespace indexer::rpc
