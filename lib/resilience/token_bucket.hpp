#pragma once

#include "base/clock.hpp"

namespace indexer::resilience {

// Spreads calls evenly at a rate that may change. Holds as many tokens as fall due in a tenth of a
// second, at least one, so that a caller that comes a little late loses nothing. Time is a
// parameter. Not safe for concurrent use.
class TokenBucket {
  public:
    using TimePoint = base::Clock::TimePoint;

    // Begins with one token.
    explicit TokenBucket(TimePoint now) noexcept : counted_(now) {}

    // Nothing is due before one interval from now.
    void empty(TimePoint now) noexcept;

    // Adds what fell due since the last time, at this rate (> 0, calls a second).
    void fill(double per_second, TimePoint now) noexcept;

    // Requires: filled for now.
    [[nodiscard]] bool has_one() const noexcept;
    void take() noexcept { tokens_ -= 1; }

    // When the token falls due that is left after `ahead` others took theirs.
    [[nodiscard]] TimePoint due(double per_second, unsigned ahead) const noexcept;

  private:
    double tokens_ = 1;
    TimePoint counted_;
};

}  // namespace indexer::resilience
