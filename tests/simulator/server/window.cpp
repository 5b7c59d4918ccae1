#include "tests/simulator/server/window.hpp"

#include <algorithm>

namespace indexer::simulator {

Window::Window(Extent const& extent, WindowOptions const& options, base::Clock const& clock)
    : extent_(extent),
      options_(options),
      clock_(clock),
      first_available_(options_.first_available.value_or(extent.first())),
      start_(options_.tip.value_or(extent.last())),
      started_(clock.now()) {
}

Slot Window::tip() const {
    std::lock_guard const lock(mutex_);
    Slot raw = start_;
    if (options_.slot_interval.count() > 0) {
        raw += static_cast<Slot>((clock_.now() - started_) / options_.slot_interval);
    }
    return extent_.at_or_before(std::max(raw, extent_.first()));
}

Slot Window::tip_back(std::uint64_t back) const {
    Slot const newest = tip();
    if (back == 0) return newest;
    return extent_.at_or_before(newest - std::min(back, newest - extent_.first()));
}

Slot Window::first_available() const {
    Slot const newest = tip();
    std::lock_guard const lock(mutex_);
    if (options_.retention == 0 || newest < options_.retention) return first_available_;
    return std::max(first_available_, newest - options_.retention + 1);
}

void Window::set_first_available(Slot slot) {
    std::lock_guard const lock(mutex_);
    first_available_ = slot;
}

void Window::set_tip(Slot slot) {
    std::lock_guard const lock(mutex_);
    start_ = slot;
    started_ = clock_.now();
}

}  // namespace indexer::simulator
