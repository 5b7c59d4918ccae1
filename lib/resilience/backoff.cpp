#include "resilience/backoff.hpp"

#include <algorithm>
#include <chrono>

namespace indexer::resilience {

using base::Clock;

Clock::Duration Backoff::ceiling(unsigned failures) const noexcept {
    auto longest = std::min(base, cap);
    for (unsigned doubled = 1; doubled < failures && longest < cap; ++doubled) {
        longest = longest > cap / 2 ? cap : longest * 2;
    }
    return longest;
}

Clock::Duration Backoff::delay(unsigned failures, Random& random) const noexcept {
    return std::chrono::duration_cast<Clock::Duration>(ceiling(failures) * random.unit());
}

}  // namespace indexer::resilience
