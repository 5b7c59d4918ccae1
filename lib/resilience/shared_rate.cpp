#include "resilience/shared_rate.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <spdlog/spdlog.h>

#include "base/error.hpp"

namespace indexer::resilience {
namespace {

// A turn that nobody used for so long is gone, or turns saved up would come all at once.
constexpr std::chrono::milliseconds kKept{200};
// What one process may take ahead of the others.
constexpr double kLongestLease = 5;  // seconds
constexpr std::chrono::milliseconds kLookAgain{50};
constexpr std::chrono::seconds kAfterFailure{1};

base::Clock::Duration between(double per_second) {
    return std::chrono::duration_cast<base::Clock::Duration>(
        std::chrono::duration<double>(1 / per_second));
}

}  // namespace

SharedRate::SharedRate(double per_second, Lease lease, base::Clock& clock)
    : apart_(between(per_second)),
      most_(static_cast<unsigned>(std::max(1.0, per_second * kLongestLease))),
      lease_(std::move(lease)),
      clock_(clock) {
}

void SharedRate::let_pass(TimePoint now) {
    while (!turns_.empty() && turns_.front() + kKept < now) {
        turns_.pop_front();
        passed_ = true;
    }
}

// Half a lease early, so that its other half lasts until the next one is there.
bool SharedRate::begin_refill(TimePoint now) {
    std::lock_guard const lock(mutex_);
    let_pass(now);
    if (refilling_ || now < refill_after_ || turns_.size() > size_ / 2) return false;
    if (passed_) {
        size_ = std::max(1U, size_ / 2);
    } else if (turns_.empty()) {
        size_ = std::min(most_, size_ * 2);
    }
    passed_ = false;
    refilling_ = true;
    return true;
}

void SharedRate::refill(std::stop_token stop) {
    if (!begin_refill(clock_.now())) return;
    unsigned const size = size_;
    try {
        auto const first = lease_(size, std::move(stop));
        auto const now = clock_.now();
        std::lock_guard const lock(mutex_);
        for (unsigned turn = 0; turn < size; ++turn) turns_.push_back(now + first + turn * apart_);
        refilling_ = false;
    } catch (base::Error const& error) {
        std::lock_guard const lock(mutex_);
        refilling_ = false;
        refill_after_ = clock_.now() + kAfterFailure;
        if (error.fault() == base::Fault::stopped) throw;
        spdlog::warn("shared rate: {}", error.what());
    }
}

bool SharedRate::has_turn(TimePoint now) {
    std::lock_guard const lock(mutex_);
    let_pass(now);
    return !turns_.empty() && turns_.front() <= now;
}

void SharedRate::take() {
    std::lock_guard const lock(mutex_);
    turns_.pop_front();
}

SharedRate::TimePoint SharedRate::due(TimePoint now, unsigned ahead) {
    std::lock_guard const lock(mutex_);
    let_pass(now);
    return ahead < turns_.size() ? std::max(now, turns_[ahead]) : now + kLookAgain;
}

}  // namespace indexer::resilience
