#include "pg/pool.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace indexer::pg {
namespace {

bool passed(base::Clock::Duration elapsed, std::chrono::milliseconds limit) {
    return limit.count() > 0 && elapsed >= limit;
}

}  // namespace

Pool::Lease& Pool::Lease::operator=(Lease&& other) noexcept {
    std::swap(pool_, other.pool_);
    std::swap(entry_, other.entry_);
    return *this;
}

Pool::Lease::~Lease() {
    if (entry_) pool_->release(std::move(entry_));
}

Pool::Pool(ConnectionOptions connection, PoolOptions options, base::Clock& clock)
    : connection_(std::move(connection)),
      options_(options),
      clock_(clock),
      gate_(options.max_open, clock) {
}

Pool::~Pool() = default;

Pool::Lease Pool::acquire(std::stop_token stop) {
    gate_.enter(stop);
    Entry entry = take_idle();
    try {
        if (!entry) entry = open(std::move(stop));
    } catch (...) {
        release(nullptr);
        throw;
    }
    return {*this, std::move(entry)};
}

Pool::Entry Pool::open(std::stop_token stop) const {
    auto connection = Connection::open(connection_, std::move(stop));
    auto const now = clock_.now();
    return std::make_unique<Member>(Member{std::move(connection), now, now});
}

// What is to be closed is declared before the lock, and so closed after it.
Pool::Entry Pool::take_idle() noexcept {
    Entries closing;
    std::lock_guard const lock(mutex_);
    ++counts_.in_use;
    move_expired(closing);
    while (!idle_.empty()) {
        Entry entry = std::move(idle_.back());
        idle_.pop_back();
        if (entry->connection.usable()) return entry;
        closing.push_back(std::move(entry));
    }
    return nullptr;
}

void Pool::release(Entry entry) noexcept {
    take_back(std::move(entry));
    gate_.leave();
}

void Pool::take_back(Entry entry) noexcept {
    bool const reusable = entry && entry->connection.idle();
    Entries closing;
    std::lock_guard const lock(mutex_);
    --counts_.in_use;
    move_expired(closing);
    if (reusable) keep(entry);
}

void Pool::keep(Entry& entry) {
    if (too_old(*entry)) {
        ++counts_.closed_for_lifetime;
    } else if (idle_.size() >= options_.max_idle) {
        ++counts_.closed_for_max_idle;
    } else {
        entry->idle_since = clock_.now();
        idle_.push_back(std::move(entry));
    }
}

void Pool::move_expired(Entries& to) {
    auto const expired = std::stable_partition(idle_.begin(), idle_.end(), [&](Entry const& entry) {
        return !too_old(*entry) && !idle_too_long(*entry);
    });
    for (auto entry = expired; entry != idle_.end(); ++entry) {
        ++(too_old(**entry) ? counts_.closed_for_lifetime : counts_.closed_for_idle_time);
    }
    std::move(expired, idle_.end(), std::back_inserter(to));
    idle_.erase(expired, idle_.end());
}

bool Pool::too_old(Member const& member) const {
    return passed(clock_.now() - member.opened, options_.max_lifetime);
}

bool Pool::idle_too_long(Member const& member) const {
    return passed(clock_.now() - member.idle_since, options_.max_idle_time);
}

PoolStatistics Pool::statistics() const {
    auto const waits = gate_.waits();
    std::lock_guard const lock(mutex_);
    PoolStatistics statistics = counts_;
    statistics.max_open = options_.max_open;
    statistics.idle = static_cast<unsigned>(idle_.size());
    statistics.open = statistics.in_use + statistics.idle;
    statistics.wait_count = waits.count;
    statistics.wait_duration = waits.duration;
    return statistics;
}

void add_samples(observe::Samples& samples, PoolStatistics const& statistics) {
    samples.gauge("indexer_pool_max_open_connections", statistics.max_open);
    samples.gauge("indexer_pool_connections", statistics.in_use, "in_use");
    samples.gauge("indexer_pool_connections", statistics.idle, "idle");
    samples.count("indexer_pool_waits_total", statistics.wait_count);
    samples.count("indexer_pool_wait_seconds_total",
                  std::chrono::duration<double>(statistics.wait_duration).count());
    samples.count("indexer_pool_closed_total", statistics.closed_for_max_idle, "max_idle");
    samples.count("indexer_pool_closed_total", statistics.closed_for_idle_time, "idle_time");
    samples.count("indexer_pool_closed_total", statistics.closed_for_lifetime, "lifetime");
}

}  // namespace indexer::pg
