#include "observe/ticker.hpp"

#include <utility>

namespace indexer::observe {

Ticker::Ticker(base::Clock& clock, base::Clock::Duration interval,
               std::function<void(std::stop_token)> tick)
    : thread_([&clock, interval, tick = std::move(tick)](std::stop_token stop) {
          while (clock.sleep_for(interval, stop)) tick(stop);
      }) {
}

}  // namespace indexer::observe
