#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <set>

#include "base/clock.hpp"
#include "resilience/random.hpp"

namespace indexer::resilience {

// Stops calling a place that keeps failing.
//
//   closed --failures in a row--> open --open_for elapses--> half_open
//      ^                            ^                         |    |
//      |                            +------ a probe fails ----+    |
//      +---------------- as many probes succeed as it asks for ----+
//
// Half-open lets a few calls through, the probes. Time is a parameter; nothing happens by itself,
// so an open breaker becomes half-open when somebody asks.
//
// A question that fails again and again says little of the place. So the place is asked, before the
// breaker opens, something that it has answered before: when it answers that, it is the questions
// that fail. Where there is no such thing, only failures of different questions count.
//
// Safe for concurrent use. A result that belongs to an earlier state is ignored, so a slow failure
// from before a recovery cannot trip the breaker again. The breaker must outlive its permits.
class CircuitBreaker {
  public:
    using Duration = base::Clock::Duration;
    using TimePoint = base::Clock::TimePoint;

    enum class State { closed, open, half_open };

    struct Options {
        unsigned failures;    // in a row, until it opens
        Duration open_for;    // until a probe may go
        Duration jitter{0};   // up to this much longer, so that breakers that opened together
                              // do not probe together
        unsigned probes = 1;  // that must succeed to close it; as many may be out at once
    };

    // Told of every change of state, in the thread that caused it. Must not use the breaker.
    struct Change {
        State from;
        State to;
        unsigned failures_in_a_row;  // that opened it
        Duration open_for;           // how long it will be, when it opened
    };
    using Listener = std::function<void(Change const&)>;

    struct Statistics {
        State state;
        unsigned failures_in_a_row;  // zero unless closed
        std::uint64_t failures;      // since construction
        std::uint64_t transitions;   // changes of state since construction
    };

    // Whatever tells questions apart.
    using Question = std::uint64_t;

    // The duty to find out whether it is the place that fails. Settle it once, from any thread;
    // when it is only destroyed (a stop, a 429) the next failure brings another one.
    class Check {
      public:
        Check(Check&& other) noexcept;
        Check& operator=(Check&& other) = delete;
        Check(Check const&) = delete;
        Check& operator=(Check const&) = delete;
        ~Check();

        void served() noexcept;
        void failed(TimePoint now) noexcept;

      private:
        friend class CircuitBreaker;
        Check(CircuitBreaker& breaker, std::uint64_t generation) noexcept
            : breaker_(&breaker), generation_(generation) {}

        CircuitBreaker* breaker_;  // none once settled
        std::uint64_t generation_;
    };

    // Permission for one call. Settle it once, from any thread; one that is only destroyed (a
    // stop, a 429, which feeds a limiter) counts as neither, and lets another probe go.
    class Permit {
      public:
        Permit(Permit&& other) noexcept;
        Permit& operator=(Permit&& other) = delete;
        Permit(Permit const&) = delete;
        Permit& operator=(Permit const&) = delete;
        ~Permit();

        [[nodiscard]] bool is_probe() const noexcept { return is_probe_; }

        void succeeded() noexcept;
        // A check when this would have opened the breaker and the place `can_be_checked`; the
        // breaker stays closed until that is settled.
        std::optional<Check> failed(TimePoint now, Question question, bool can_be_checked = false);

      private:
        friend class CircuitBreaker;
        Permit(CircuitBreaker& breaker, std::uint64_t generation, bool is_probe) noexcept;

        CircuitBreaker* breaker_;  // none once settled
        std::uint64_t generation_;
        bool is_probe_;
    };

    // `random` serves the jitter and must outlive the breaker.
    CircuitBreaker(Options options, Random& random, Listener listener = {});

    // Nothing while open, and while half-open with all probes out.
    [[nodiscard]] std::optional<Permit> try_acquire(TimePoint now) noexcept;

    // When to ask again after a refusal: the end of the open time; a second from now while the
    // probes are out, since nobody knows when they will be settled.
    [[nodiscard]] TimePoint next_attempt_at(TimePoint now) const noexcept;

    // Closed, as if new; calls under way no longer count.
    void reset() noexcept;

    [[nodiscard]] Statistics statistics() const noexcept;

  private:
    void settle_success(std::uint64_t generation) noexcept;
    [[nodiscard]] std::optional<Check> settle_failure(std::uint64_t generation, TimePoint now,
                                                      Question question, bool can_be_checked);
    void settle_check(std::uint64_t generation, std::optional<TimePoint> failed_at) noexcept;
    void drop_check(std::uint64_t generation) noexcept;
    void settle_nothing(std::uint64_t generation) noexcept;
    void forget_row() noexcept;
    void open(TimePoint now) noexcept;
    void enter(State next, Duration open_for = {}) noexcept;
    [[nodiscard]] bool all_probes_out() const noexcept;

    Options const options_;
    Random& random_;
    Listener const listener_;
    mutable std::mutex mutex_;
    State state_ = State::closed;
    std::uint64_t generation_ = 0;  // one a state entered; a permit carries the one it belongs to
    std::uint64_t failures_ = 0;
    std::uint64_t transitions_ = 0;
    unsigned failures_in_a_row_ = 0;
    std::set<Question> failed_in_a_row_;
    bool being_checked_ = false;
    unsigned probes_out_ = 0;
    unsigned probes_succeeded_ = 0;
    TimePoint open_until_;
};

}  // namespace indexer::resilience
