#pragma once

#include "base/clock.hpp"

namespace indexer::resilience {

// How many calls a server takes at once: about one more for each round of calls that it serves,
// half as many when it says that they are too many, times out, or takes twice as long as it used
// to. Time is a parameter. Not safe for concurrent use.
class AdaptiveConcurrency {
  public:
    using Duration = base::Clock::Duration;
    using TimePoint = base::Clock::TimePoint;

    [[nodiscard]] bool admits() const noexcept { return in_flight_ < limit(); }
    void began() noexcept;

    // How a call ended; each call once.
    void served(TimePoint began, TimePoint now) noexcept;
    // Of calls that began before the last halving only that one counts.
    void overloaded(TimePoint began, TimePoint now) noexcept;
    void ended() noexcept { --in_flight_; }

    // As if no call had ever been too much.
    void forget() noexcept { limit_ = kMost; }

    [[nodiscard]] unsigned in_flight() const noexcept { return in_flight_; }
    [[nodiscard]] unsigned limit() const noexcept { return static_cast<unsigned>(limit_); }

  private:
    using Seconds = double;

    void halve(TimePoint began, TimePoint now) noexcept;
    [[nodiscard]] bool has_slowed_down(Seconds latency) noexcept;

    static constexpr double kMost = 1'000;  // as many as --concurrency may ask for

    double limit_ = kMost;
    unsigned in_flight_ = 0;
    unsigned busiest_ = 0;  // most calls at once since the last halving
    TimePoint halved_at_{};
    Seconds recent_ = 0;  // latency, mean of the last few calls
    Seconds usual_ = 0;   // of the last hundred or so; 0: no call yet
};

}  // namespace indexer::resilience
