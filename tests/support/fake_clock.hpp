#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <stop_token>
#include <vector>

#include "base/clock.hpp"

namespace indexer::test {

// A clock that stands still until a test moves it. Safe for concurrent use.
class FakeClock final : public base::Clock {
  public:
    // What sleeping does: moves the time itself and returns at once (code under test that runs in
    // the test's own thread), or waits until another thread calls advance().
    enum class Sleeping { advances, waits };

    explicit FakeClock(Sleeping sleeping = Sleeping::advances) : sleeping_(sleeping) {}

    [[nodiscard]] TimePoint now() const noexcept override;
    bool sleep_until(TimePoint when, std::stop_token stop) override;

    void advance(Duration duration);
    // Waits until that many threads are asleep at once.
    void wait_for_sleepers(std::size_t count);
    // Waits until that many sleeps have begun since the clock was made.
    void wait_for_sleeps(std::size_t count);
    // How long each sleep asked for, in the order they began.
    [[nodiscard]] std::vector<Duration> sleeps() const;

  private:
    Sleeping const sleeping_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    TimePoint now_{std::chrono::hours(24)};
    std::size_t sleepers_ = 0;
    std::vector<Duration> sleeps_;
};

}  // namespace indexer::test
