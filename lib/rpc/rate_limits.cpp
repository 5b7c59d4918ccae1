#include "rpc/rate_limits.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>

#include "base/number.hpp"

namespace indexer::rpc {
namespace {

using Duration = base::Clock::Duration;
using Headers = std::map<std::string, std::string>;

constexpr std::chrono::seconds kMethodWindow{10};
constexpr std::chrono::seconds kRpsWindow{1};
// Some send the time of day instead of a number of seconds.
constexpr std::uint64_t kLongestReset = 600;

std::optional<std::uint64_t> number(Headers const& headers, char const* name) {
    auto const found = headers.find(name);
    if (found == headers.end()) return std::nullopt;
    return base::whole_number<std::uint64_t>(found->second);
}

// How far apart calls are to be that share a window evenly.
std::optional<Duration> spacing(Headers const& headers, char const* limit, Duration window) {
    auto const calls = number(headers, limit);
    if (!calls || *calls == 0) return std::nullopt;
    return window / static_cast<Duration::rep>(*calls);
}

std::optional<Duration> reset(Headers const& headers) {
    auto const seconds = number(headers, "x-ratelimit-reset");
    if (!seconds || *seconds > kLongestReset) return std::nullopt;
    return std::chrono::seconds(*seconds);
}

}  // namespace

void heed(Headers const& headers, std::string_view method, resilience::Limiter& limiter,
          base::Clock::TimePoint now) {
    auto const tell = [&](char const* remaining, std::optional<Duration> apart,
                          std::string_view whom) {
        auto const calls = number(headers, remaining);
        if (calls && apart) limiter.remaining(whom, *calls, *apart, now);
    };
    tell("x-ratelimit-method-remaining",
         spacing(headers, "x-ratelimit-method-limit", kMethodWindow), method);
    tell("x-ratelimit-rps-remaining", spacing(headers, "x-ratelimit-rps-limit", kRpsWindow), "");
    tell("x-ratelimit-remaining", reset(headers), "");
}

bool none_left(Headers const& headers) {
    return std::any_of(headers.begin(), headers.end(), [&](auto const& header) {
        return header.first.ends_with("-remaining") && number(headers, header.first.c_str()) == 0;
    });
}

}  // namespace indexer::rpc
