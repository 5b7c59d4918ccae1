#pragma once

#include <functional>
#include <stop_token>

#include "base/clock.hpp"
#include "base/seq.hpp"
#include "observe/health.hpp"
#include "observe/ticker.hpp"
#include "store/coverage.hpp"

namespace indexer::pipeline {

// Takes a run's pulse: asks the database every few seconds what of the run's range is proven, and
// tells Health what it said, or that it said nothing. Has a thread of its own.
class Pulse {
  public:
    struct Questions {
        std::function<base::SeqRange()> range;  // of the run; grows when it follows the tip
        std::function<bool()> endpoints_usable;
    };

    // First after one interval. What is passed must outlive this object.
    Pulse(store::Coverage& coverage, observe::Health& health, Questions questions,
          base::Clock& clock, base::Clock::Duration interval);

    // Safe for concurrent use.
    void take(std::stop_token stop);

  private:
    [[nodiscard]] observe::Vitals ask(base::SeqRange range, std::stop_token stop);

    store::Coverage& coverage_;
    observe::Health& health_;
    Questions const questions_;
    observe::Ticker ticker_;
};

}  // namespace indexer::pipeline
