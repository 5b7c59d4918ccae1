#include "tests/simulator/server/node.hpp"

#include <algorithm>

namespace indexer::simulator {

Node::Node(History const& history, NodeOptions options, base::Clock const& clock)
    : history_(history),
      options_(std::move(options)),
      clock_(clock),
      first_available_(options_.first_available.value_or(history.first())),
      start_(options_.tip.value_or(history.last())),
      started_(clock.now()) {
}

Slot Node::tip() const {
    std::lock_guard const lock(mutex_);
    Slot raw = start_;
    if (options_.slot_interval.count() > 0) {
        raw += static_cast<Slot>((clock_.now() - started_) / options_.slot_interval);
    }
    return history_.at_or_before(std::max(raw, history_.first()));
}

Slot Node::first_available() const {
    std::lock_guard const lock(mutex_);
    return first_available_;
}

void Node::set_first_available(Slot slot) {
    std::lock_guard const lock(mutex_);
    first_available_ = slot;
}

void Node::set_tip(Slot slot) {
    std::lock_guard const lock(mutex_);
    start_ = slot;
    started_ = clock_.now();
}

}  // namespace indexer::simulator
