#pragma once

#include <chrono>
#include <stop_token>
#include <utility>

namespace indexer::base {

// Time as a dependency, so that tests need no sleeping. Safe for concurrent use.
class Clock {
  public:
    using Duration = std::chrono::steady_clock::duration;
    using TimePoint = std::chrono::steady_clock::time_point;

    Clock() = default;
    Clock(Clock const&) = delete;
    Clock& operator=(Clock const&) = delete;
    virtual ~Clock() = default;

    [[nodiscard]] virtual TimePoint now() const noexcept = 0;

    // Waits until `when`; false if a stop was requested first.
    virtual bool sleep_until(TimePoint when, std::stop_token stop) = 0;

    bool sleep_for(Duration duration, std::stop_token stop) {
        return sleep_until(now() + duration, std::move(stop));
    }
};

// The machine's monotonic clock; lives as long as the program.
[[nodiscard]] Clock& steady_clock() noexcept;

}  // namespace indexer::base
