#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <stop_token>

#include "base/clock.hpp"
#include "pg/connection.hpp"

namespace indexer::pg {

struct PoolOptions {
    unsigned max_open;
    unsigned max_idle;
    std::chrono::milliseconds max_lifetime;
    std::chrono::milliseconds max_idle_time;
};

struct PoolStatistics {
    unsigned max_open = 0;
    unsigned open = 0;
    unsigned in_use = 0;
    unsigned idle = 0;
    std::uint64_t wait_count = 0;
    std::chrono::nanoseconds wait_duration{0};
    std::uint64_t closed_for_max_idle = 0;
    std::uint64_t closed_for_idle_time = 0;
    std::uint64_t closed_for_lifetime = 0;
};

// Connections to one server, opened on demand and shared. Safe for concurrent use. Waiters are
// served in the order they came. A connection that broke is never handed out again; one that is
// too old, or was idle too long, is closed instead of being handed out. The pool must outlive its
// leases. Needs no thread of its own.
class Pool {
  public:
    // A connection on loan; goes back to the pool when destroyed.
    class Lease {
      public:
        Lease(Lease&&) noexcept;
        Lease& operator=(Lease&&) noexcept;
        ~Lease();
        Connection& operator*() const noexcept;
        Connection* operator->() const noexcept;

      private:
        // (the implementer's choice)
    };

    Pool(ConnectionOptions connection, PoolOptions options, base::Clock& clock);
    ~Pool();

    // Waits while max_open connections are on loan. Throws pg::Error when connecting fails,
    // Fault::stopped when told to stop.
    [[nodiscard]] Lease acquire(std::stop_token stop);

    [[nodiscard]] PoolStatistics statistics() const;
};

}  // namespace indexer::pg
