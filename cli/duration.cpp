#include "cli/duration.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

namespace indexer::cli {
namespace {

struct Unit {
    std::string_view name;
    std::int64_t milliseconds;
};

constexpr std::array kUnits{Unit{"h", 3'600'000}, Unit{"m", 60'000}, Unit{"s", 1'000},
                            Unit{"ms", 1}};
constexpr std::int64_t kLongest = 100LL * 365 * 24 * 3'600'000;  // a century

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    std::int64_t number = 0;
    auto const [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || number < 0) return std::nullopt;
    std::string_view const name(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
    for (Unit const& unit : kUnits) {
        if (name == unit.name && number <= kLongest / unit.milliseconds) {
            return std::chrono::milliseconds(number * unit.milliseconds);
        }
    }
    return std::nullopt;
}

std::string duration_text(std::chrono::milliseconds duration) {
    for (Unit const& unit : kUnits) {
        if (duration.count() >= unit.milliseconds && duration.count() % unit.milliseconds == 0) {
            return fmt::format("{}{}", duration.count() / unit.milliseconds, unit.name);
        }
    }
    return "0s";
}

}  // namespace indexer::cli
