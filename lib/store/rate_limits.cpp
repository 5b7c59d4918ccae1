#include "store/rate_limits.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "sql/statements.hpp"

namespace indexer::store {

base::Clock::Duration lease_turns(pg::Pool& pool, std::string const& name, double per_second,
                                  unsigned turns, std::stop_token stop) {
    constexpr double kMicroseconds = 1e6;
    auto const apart = static_cast<std::int64_t>(kMicroseconds / per_second);
    auto const rows = pool.acquire(stop)->execute(
        sql::store::lease_turns,
        {name, std::to_string(std::max<std::int64_t>(apart, 1)), std::to_string(turns)}, stop);
    return std::chrono::microseconds(rows.integer(0, 0));
}

}  // namespace indexer::store
