#pragma once

#include <condition_variable>
#include <cstdint>
#include <list>
#include <mutex>
#include <stop_token>

#include "base/clock.hpp"

namespace indexer::pg {

// Lets a fixed number in at a time, in the order they came: nobody overtakes those who wait. Safe
// for concurrent use.
class TicketGate {
  public:
    struct Waits {
        std::uint64_t count = 0;            // those who could not enter at once
        base::Clock::Duration duration{0};  // of the waits that are over
    };

    TicketGate(unsigned places, base::Clock& clock) noexcept : clock_(clock), free_(places) {}

    // Waits for a place. Throws base::Error with Fault::stopped.
    void enter(std::stop_token stop);
    // Gives the place to whoever has waited longest.
    void leave() noexcept;

    [[nodiscard]] Waits waits() const;

  private:
    struct Ticket {
        bool called = false;
        std::condition_variable_any on_call;
    };

    bool wait_for_call(std::unique_lock<std::mutex>& lock, std::stop_token stop);

    base::Clock& clock_;
    mutable std::mutex mutex_;
    unsigned free_;
    std::list<Ticket*> queue_;  // not yet called; each lives in its owner's enter()
    Waits waits_;
};

}  // namespace indexer::pg
