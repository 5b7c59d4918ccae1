#pragma once

#include <functional>
#include <stop_token>
#include <thread>

#include "base/clock.hpp"

namespace indexer::observe {

// Does something again and again in a thread of its own, first after one interval. The destructor
// waits for the one under way.
class Ticker {
  public:
    // `clock` must outlive the ticker. `tick` must not throw; its waits hear the token it gets.
    Ticker(base::Clock& clock, base::Clock::Duration interval,
           std::function<void(std::stop_token)> tick);

  private:
    std::jthread thread_;
};

}  // namespace indexer::observe
