#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <stop_token>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "observe/metrics.hpp"
#include "pg/connection.hpp"
#include "pg/ticket_gate.hpp"

namespace indexer::pg {

struct PoolOptions {
    unsigned max_open;  // at least one
    unsigned max_idle;
    std::chrono::milliseconds max_lifetime;   // zero: for ever
    std::chrono::milliseconds max_idle_time;  // zero: for ever
};

struct PoolStatistics {
    unsigned max_open = 0;
    unsigned open = 0;    // on loan, being opened, or idle
    unsigned in_use = 0;  // on loan or being opened
    unsigned idle = 0;
    std::uint64_t wait_count = 0;
    std::chrono::nanoseconds wait_duration{0};
    std::uint64_t closed_for_max_idle = 0;
    std::uint64_t closed_for_idle_time = 0;
    std::uint64_t closed_for_lifetime = 0;
};

// Connections to one server, opened on demand and shared. Safe for concurrent use. Waiters are
// served in the order they came. A connection that broke, or came back inside a transaction, is
// never handed out again; one that is too old, or was idle too long, is closed instead of being
// handed out. Of the idle ones the last used goes first, so that what is not needed ages. The pool
// must outlive its leases. Needs no thread of its own.
class Pool {
    struct Member {
        Connection connection;
        base::Clock::TimePoint opened;
        base::Clock::TimePoint idle_since;
    };
    using Entry = std::unique_ptr<Member>;

  public:
    // A connection on loan; goes back to the pool when destroyed.
    class Lease {
      public:
        Lease(Lease&&) noexcept = default;
        Lease& operator=(Lease&& other) noexcept;
        ~Lease();
        Connection& operator*() const noexcept { return entry_->connection; }
        Connection* operator->() const noexcept { return &entry_->connection; }

      private:
        friend class Pool;
        Lease(Pool& pool, Entry entry) noexcept : pool_(&pool), entry_(std::move(entry)) {}

        Pool* pool_;
        Entry entry_;  // none once moved from
    };

    Pool(ConnectionOptions connection, PoolOptions options, base::Clock& clock);
    Pool(Pool const&) = delete;
    Pool& operator=(Pool const&) = delete;
    ~Pool();

    // Waits while max_open connections are on loan. Throws pg::Error when connecting fails,
    // Fault::stopped when told to stop.
    [[nodiscard]] Lease acquire(std::stop_token stop);

    [[nodiscard]] PoolStatistics statistics() const;

  private:
    using Entries = std::vector<Entry>;

    Entry open(std::stop_token stop) const;
    Entry take_idle() noexcept;
    void take_back(Entry entry) noexcept;
    void release(Entry entry) noexcept;
    void keep(Entry& entry);
    void move_expired(Entries& to);
    bool too_old(Member const& member) const;
    bool idle_too_long(Member const& member) const;

    ConnectionOptions const connection_;
    PoolOptions const options_;
    base::Clock& clock_;
    TicketGate gate_;  // a place for each connection that may be on loan
    mutable std::mutex mutex_;
    Entries idle_;
    PoolStatistics counts_;  // in_use and closed_for_*
};

void add_samples(observe::Samples& samples, PoolStatistics const& statistics);

}  // namespace indexer::pg
