#include "pg/ticket_gate.hpp"

#include <utility>

#include "base/error.hpp"

namespace indexer::pg {

void TicketGate::enter(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    if (free_ > 0) {
        --free_;
        return;
    }
    auto const begun = clock_.now();
    ++waits_.count;
    bool const called = wait_for_call(lock, std::move(stop));
    waits_.duration += clock_.now() - begun;
    if (!called) throw base::stopped("database pool");
}

bool TicketGate::wait_for_call(std::unique_lock<std::mutex>& lock, std::stop_token stop) {
    Ticket ticket;
    auto const place = queue_.insert(queue_.end(), &ticket);
    bool const called = ticket.on_call.wait(lock, std::move(stop), [&] { return ticket.called; });
    if (!called) queue_.erase(place);
    return called;
}

// A place is free only while nobody waits, so a newcomer cannot take the one that is given on.
void TicketGate::leave() noexcept {
    std::lock_guard const lock(mutex_);
    if (queue_.empty()) {
        ++free_;
        return;
    }
    Ticket& next = *queue_.front();
    queue_.pop_front();
    next.called = true;
    next.on_call.notify_one();
}

TicketGate::Waits TicketGate::waits() const {
    std::lock_guard const lock(mutex_);
    return waits_;
}

}  // namespace indexer::pg
