#include "tests/simulator/server/rate_limit.hpp"

#include <algorithm>

namespace indexer::simulator {

RateLimit::RateLimit(double per_second, base::Clock const& clock)
    : per_second_(per_second), clock_(clock), left_(per_second), counted_(clock.now()) {
}

bool RateLimit::allows() {
    if (per_second_ == 0) return true;
    std::lock_guard const lock(mutex_);
    auto const now = clock_.now();
    std::chrono::duration<double> const passed = now - counted_;
    counted_ = now;
    left_ = std::min(left_ + passed.count() * per_second_, per_second_);
    if (left_ < 1) return false;
    left_ -= 1;
    return true;
}

}  // namespace indexer::simulator
