#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "resilience/limiter.hpp"

namespace indexer::rpc {

// Tells a limiter what the headers x-ratelimit-* of an answer to `method` say is left, so that it
// can slow down before the server refuses. Headers by lower-case name; what is no number in them is
// passed over.
//
// Source: api.mainnet-beta.solana.com sends x-ratelimit-method-limit and -remaining, which count
// calls of the method in ten seconds, and x-ratelimit-rps-limit and -remaining; others send
// x-ratelimit-remaining with x-ratelimit-reset, the seconds until there is more.
void heed(std::map<std::string, std::string> const& headers, std::string_view method,
          resilience::Limiter& limiter, base::Clock::TimePoint now);

// Whether such headers say that no call is left.
[[nodiscard]] bool none_left(std::map<std::string, std::string> const& headers);

}  // namespace indexer::rpc
