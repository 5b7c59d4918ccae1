#pragma once

#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace indexer::base {

// The number that the whole of `text` is, in decimal; nothing when it is none or does not fit.
template <class Number>
[[nodiscard]] std::optional<Number> whole_number(std::string_view text) noexcept {
    Number value{};
    auto const* const end = text.data() + text.size();
    auto const [rest, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || rest != end) return std::nullopt;
    return value;
}

}  // namespace indexer::base
