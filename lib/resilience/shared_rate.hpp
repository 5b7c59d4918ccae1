#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>

#include "base/clock.hpp"

namespace indexer::resilience {

// A rate that several processes share. Its turns lie evenly in time; each process leases the next
// few from where all of them do, and uses them as they fall due, so that together they never exceed
// the rate, however long a lease takes to get. Leases are long enough that the next is there in
// time: they double while turns run out, and halve when turns were left to pass.
//
// Safe for concurrent use; time is a parameter.
class SharedRate {
  public:
    using Duration = base::Clock::Duration;
    using TimePoint = base::Clock::TimePoint;

    // Takes so many turns; how long it is until the first of them. May wait, and throw.
    using Lease = std::function<Duration(unsigned turns, std::stop_token stop)>;

    SharedRate(double per_second, Lease lease, base::Clock& clock);

    // Gets the next lease when it is time to. To be called before a turn is asked for, from any
    // thread: one gets it, the others go on with what is left. A lease that fails is tried again
    // after a second; throws only Fault::stopped.
    void refill(std::stop_token stop);

    [[nodiscard]] bool has_turn(TimePoint now);
    // Requires: has_turn(now).
    void take();
    // When the turn falls due that is left after `ahead` others took theirs; a moment from now when
    // it is not leased yet.
    [[nodiscard]] TimePoint due(TimePoint now, unsigned ahead);

  private:
    void let_pass(TimePoint now);
    [[nodiscard]] bool begin_refill(TimePoint now);

    Duration const apart_;
    unsigned const most_;  // turns of one lease
    Lease const lease_;
    base::Clock& clock_;
    std::mutex mutex_;
    std::deque<TimePoint> turns_;
    unsigned size_ = 1;  // of the next lease
    bool refilling_ = false;
    TimePoint refill_after_{};
    bool passed_ = false;  // a turn was left unused since the last lease
};

}  // namespace indexer::resilience
