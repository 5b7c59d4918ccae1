#pragma once

#include <optional>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "pg/connection.hpp"
#include "pg/error.hpp"
#include "tests/support/connection_options.hpp"
#include "tests/support/temp_database.hpp"

namespace indexer::pg {

// A database of its own, and connections to it.
class PgTest : public test::DatabaseTest {
  protected:
    ConnectionOptions options() const { return test::connection_options(database_->url()); }
    Connection open() const { return Connection::open(options(), {}); }
    std::string cell(std::string const& sql) const {
        return test::query_cell(database_->url(), sql);
    }
    // Ends every other session of the database, as an administrator would.
    void kill_connections() const {
        test::query(database_->url(),
                    "select pg_terminate_backend(pid, 5000) from pg_stat_activity "
                    "where datname = current_database() and pid <> pg_backend_pid()");
    }
    // Waits until the server runs a statement that contains `text`.
    void wait_until_running(std::string const& text) const {
        test::query(database_->url(),
                    "do $$ begin while not exists (select from pg_stat_activity "
                    "where datname = current_database() and state = 'active' "
                    "and pid <> pg_backend_pid() and query like '%" +
                        text +
                        "%') loop "
                        "perform pg_sleep(0.005), pg_stat_clear_snapshot(); end loop; end $$");
    }
};

// What a call threw; nothing if it did not, or something else.
template <class Thrown = Error, class Call>
std::optional<Thrown> thrown_by(Call call) {
    try {
        std::forward<Call>(call)();
    } catch (Thrown const& error) {
        return error;
    }
    return std::nullopt;
}

}  // namespace indexer::pg
