#include "tests/simulator/encoding/duration.hpp"

#include <charconv>
#include <map>

#include "base/error.hpp"

namespace indexer::simulator {
namespace {

std::map<std::string, double> const nanoseconds_of{
    {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}};

}  // namespace

std::chrono::nanoseconds parse_duration(std::string const& text) {
    double value = 0;
    auto const* const end = text.data() + text.size();
    auto const parsed = std::from_chars(text.data(), end, value);
    auto const unit = nanoseconds_of.find(std::string(parsed.ptr, end));
    if (parsed.ec != std::errc() || value < 0 || unit == nanoseconds_of.end()) {
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          "duration: not one such as 400ms or 2s: " + text);
    }
    return std::chrono::nanoseconds(static_cast<std::int64_t>(value * unit->second));
}

}  // namespace indexer::simulator
