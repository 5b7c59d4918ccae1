#pragma once

#include <stop_token>
#include <string>

#include "base/clock.hpp"
#include "pg/pool.hpp"

namespace indexer::store {

// Takes the next `turns` of a rate that all who name it share, and says how long it is until the
// first. Turns lie evenly in time, by the database's clock; those that are not used are lost.
// Throws pg::Error.
[[nodiscard]] base::Clock::Duration lease_turns(pg::Pool& pool, std::string const& name,
                                                double per_second, unsigned turns,
                                                std::stop_token stop);

}  // namespace indexer::store
