#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "pg/connection.hpp"

namespace indexer::store {

// The right to be the one poller of a chain in a database. It belongs to a session of its own, so
// it ends with the process, however that ends; behind a pooler, which shares sessions out, to a
// transaction of its own, which keeps one of the pooler's sessions. One thread at a time.
class RunLock {
  public:
    RunLock(pg::ConnectionOptions connection, std::string chain);

    // False when another session holds it.
    [[nodiscard]] bool try_acquire(std::stop_token stop);

    // Waits until nobody else holds it.
    void acquire(std::stop_token stop);

    // Makes sure that it is still held: after the server dropped the session it is taken again.
    // False when another session was faster.
    [[nodiscard]] bool keep(std::stop_token stop);

  private:
    template <class Ask>
    auto asked(Ask ask);
    pg::Connection& session(std::stop_token stop);

    pg::ConnectionOptions options_;
    std::string chain_;
    std::optional<pg::Connection> session_;
};

}  // namespace indexer::store
