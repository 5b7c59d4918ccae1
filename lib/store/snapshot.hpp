#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <stop_token>

#include "pg/connection.hpp"

namespace indexer::store {

// Sessions that see the database as of one moment, so that together they can answer what would take
// one of them long. They write nothing. One thread at a time.
class Snapshot {
  public:
    // Begins a transaction in each of `sessions`, which must be idle, at least one, connected to
    // the same database, and must outlive this object. Throws pg::Error.
    Snapshot(std::span<pg::Connection> sessions, std::stop_token stop);

    // For what only one session is needed for.
    [[nodiscard]] pg::Connection& session() const noexcept { return sessions_.front(); }

    using Work = std::function<void(std::size_t part, pg::Connection&, std::stop_token)>;
    // Does each part of a work, [0, parts), once: in the order of their numbers, as many at a time
    // as there are sessions, each in a thread of its own. The first failure ends the others and is
    // thrown.
    void share_out(std::size_t parts, Work const& work, std::stop_token stop);

    // Ends the transactions.
    void end(std::stop_token stop);

  private:
    std::span<pg::Connection> sessions_;
};

}  // namespace indexer::store
