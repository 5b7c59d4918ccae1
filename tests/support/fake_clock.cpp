#include "tests/support/fake_clock.hpp"

#include <algorithm>
#include <utility>

namespace indexer::test {

base::Clock::TimePoint FakeClock::now() const noexcept {
    std::lock_guard const lock(mutex_);
    return now_;
}

bool FakeClock::sleep_until(TimePoint when, std::stop_token stop) {
    std::unique_lock lock(mutex_);
    sleeps_.push_back(when - now_);
    if (stop.stop_requested()) return false;
    if (sleeping_ == Sleeping::advances) {
        now_ = std::max(now_, when);
        return true;
    }
    ++sleepers_;
    changed_.notify_all();
    bool const slept = changed_.wait(lock, std::move(stop), [&] { return now_ >= when; });
    --sleepers_;
    return slept;
}

void FakeClock::advance(Duration duration) {
    std::lock_guard const lock(mutex_);
    now_ += duration;
    changed_.notify_all();
}

void FakeClock::wait_for_sleepers(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return sleepers_ >= count; });
}

void FakeClock::wait_for_sleeps(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return sleeps_.size() >= count; });
}

std::vector<base::Clock::Duration> FakeClock::sleeps() const {
    std::lock_guard const lock(mutex_);
    return sleeps_;
}

}  // namespace indexer::test
