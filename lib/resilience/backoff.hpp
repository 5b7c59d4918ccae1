#pragma once

#include "base/clock.hpp"
#include "resilience/random.hpp"

namespace indexer::resilience {

// How long to wait after a failure: exponential with full jitter, which spreads callers that
// failed together over the whole time instead of letting them come back together.
struct Backoff {
    base::Clock::Duration base;
    base::Clock::Duration cap;

    // The longest wait after so many failures: base, 2 base, 4 base, … but never above cap.
    // Requires: failures >= 1.
    [[nodiscard]] base::Clock::Duration ceiling(unsigned failures) const noexcept;

    // A random wait between zero and the ceiling.
    [[nodiscard]] base::Clock::Duration delay(unsigned failures, Random& random) const noexcept;
};

}  // namespace indexer::resilience
