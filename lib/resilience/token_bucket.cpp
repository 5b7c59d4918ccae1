#include "resilience/token_bucket.hpp"

#include <algorithm>
#include <chrono>

namespace indexer::resilience {
namespace {

using Seconds = std::chrono::duration<double>;

constexpr double kStoredSeconds = 0.1;
// Sums of fractions that should be one are sometimes a hair below it.
constexpr double kWhole = 1 - 1e-6;

}  // namespace

void TokenBucket::fill(double per_second, TimePoint now) noexcept {
    if (now <= counted_) return;
    double const most = std::max(1.0, per_second * kStoredSeconds);
    tokens_ = std::min(most, tokens_ + per_second * Seconds(now - counted_).count());
    counted_ = now;
}

void TokenBucket::empty(TimePoint now) noexcept {
    tokens_ = 0;
    counted_ = now;
}

bool TokenBucket::has_one() const noexcept {
    return tokens_ >= kWhole;
}

TokenBucket::TimePoint TokenBucket::due(double per_second, unsigned ahead) const noexcept {
    Seconds const wait((1.0 + ahead - tokens_) / per_second);
    if (wait.count() <= 0) return counted_;
    return counted_ + std::chrono::ceil<base::Clock::Duration>(wait);
}

}  // namespace indexer::resilience
