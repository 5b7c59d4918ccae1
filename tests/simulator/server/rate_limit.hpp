#pragma once

#include <mutex>

#include "base/clock.hpp"

namespace indexer::simulator {

// Lets through so many calls a second, and as many at once after a pause of a second. Safe for
// concurrent use.
class RateLimit {
  public:
    // `per_second` 0: no limit. Requires: the clock lives as long as this.
    RateLimit(double per_second, base::Clock const& clock);

    [[nodiscard]] bool allows();

  private:
    double per_second_;
    base::Clock const& clock_;
    std::mutex mutex_;
    double left_;
    base::Clock::TimePoint counted_;
};

}  // namespace indexer::simulator
