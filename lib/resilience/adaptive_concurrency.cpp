#include "resilience/adaptive_concurrency.hpp"

#include <algorithm>
#include <chrono>

namespace indexer::resilience {
namespace {

// Blocks differ in size and machines stall, so one slow answer means nothing.
constexpr double kRecentWeight = 0.1;
constexpr double kUsualWeight = 0.01;
constexpr double kTooSlow = 2;        // times the usual latency
constexpr double kNegligible = 0.05;  // seconds more, at least

}  // namespace

void AdaptiveConcurrency::began() noexcept {
    busiest_ = std::max(busiest_, ++in_flight_);
}

void AdaptiveConcurrency::served(TimePoint began, TimePoint now) noexcept {
    ended();
    if (has_slowed_down(std::chrono::duration<Seconds>(now - began).count())) {
        halve(began, now);
    } else if (in_flight_ + 1 >= limit() / 2) {  // else nobody knows whether more would do
        limit_ = std::min(kMost, limit_ + 1 / limit_);
    }
}

void AdaptiveConcurrency::overloaded(TimePoint began, TimePoint now) noexcept {
    ended();
    halve(began, now);
}

void AdaptiveConcurrency::halve(TimePoint began, TimePoint now) noexcept {
    if (began <= halved_at_) return;
    limit_ = std::max(1.0, std::min(limit_, static_cast<double>(busiest_)) / 2);
    halved_at_ = now;
    busiest_ = in_flight_;
}

bool AdaptiveConcurrency::has_slowed_down(Seconds latency) noexcept {
    if (usual_ == 0) recent_ = usual_ = latency;
    recent_ += kRecentWeight * (latency - recent_);
    usual_ += kUsualWeight * (latency - usual_);
    bool const slow = recent_ > kTooSlow * usual_ && recent_ > usual_ + kNegligible;
    if (slow) usual_ = recent_;  // what is usual now: only more of it is a new sign
    return slow;
}

}  // namespace indexer::resilience
