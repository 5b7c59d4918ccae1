#include "store/run_lock.hpp"

#include <utility>

#include "base/error.hpp"
#include "sql/statements.hpp"

namespace indexer::store {
namespace {

void begin(pg::Connection& connection, std::stop_token stop) {
    if (!connection.idle()) return;
    connection.execute_script("begin", stop);
    connection.execute(sql::store::stay_in_transaction, {}, std::move(stop));
}

}  // namespace

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

// Nobody knows what a session holds whose answer did not come.
template <class Ask>
auto RunLock::asked(Ask ask) {
    try {
        return ask();
    } catch (base::Error const&) {
        session_.reset();
        throw;
    }
}

bool RunLock::try_acquire(std::stop_token stop) {
    return asked([&] {
        auto& connection = session(stop);
        if (!connection.is_pooled()) {
            return connection.execute(sql::store::try_lock_run, {chain_}, stop).boolean(0, 0);
        }
        begin(connection, stop);
        if (connection.execute(sql::store::try_hold_run, {chain_}, stop).boolean(0, 0)) return true;
        connection.execute_script("rollback", stop);
        return false;
    });
}

void RunLock::acquire(std::stop_token stop) {
    asked([&] {
        auto& connection = session(stop);
        if (connection.is_pooled()) begin(connection, stop);
        connection.execute(connection.is_pooled() ? sql::store::hold_run : sql::store::lock_run,
                           {chain_}, stop);
    });
}

bool RunLock::keep(std::stop_token stop) {
    bool const kept = session_ && session_->usable() && session_->is_pooled() != session_->idle();
    return kept || try_acquire(std::move(stop));
}

}  // namespace indexer::store
