#pragma once

#include <functional>
#include <thread>

#include "base/clock.hpp"

namespace indexer::observe {

// Does something again and again in a thread of its own, first after one interval. The destructor
// waits for the one under way.
class Ticker {
  public:
    // `clock` must outlive the ticker. `tick` must not throw.
    Ticker(base::Clock& clock, base::Clock::Duration interval, std::function<void()> tick);

  private:
    std::jthread thread_;
};

}  // namespace indexer::observe
