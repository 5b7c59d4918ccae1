#include "store/run_lock.hpp"

#include <utility>

#include "sql/statements.hpp"

namespace indexer::store {

RunLock::RunLock(pg::ConnectionOptions connection, std::string chain)
    : options_(std::move(connection)), chain_(std::move(chain)) {
    // Waiting for the lock may take as long as the other run does.
    options_.statement_timeout = std::chrono::milliseconds(0);
}

pg::Connection& RunLock::session(std::stop_token stop) {
    if (!session_ || !session_->usable()) {
        session_.emplace(pg::Connection::open(options_, std::move(stop)));
    }
    return *session_;
}

bool RunLock::try_acquire(std::stop_token stop) {
    auto& connection = session(stop);
    return connection.execute(sql::store::try_lock_run, {chain_}, stop).boolean(0, 0);
}

void RunLock::acquire(std::stop_token stop) {
    auto& connection = session(stop);
    connection.execute(sql::store::lock_run, {chain_}, stop);
}

bool RunLock::keep(std::stop_token stop) {
    return (session_ && session_->usable()) || try_acquire(std::move(stop));
}

}  // namespace indexer::store
