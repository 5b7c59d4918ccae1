#pragma once

#include <chrono>
#include <string>

#include "base/clock.hpp"
#include "pg/pool.hpp"
#include "tests/support/temp_database.hpp"

namespace indexer::store {

// A fixture whose tests each have a database with the program's schema.
class MigratedDatabase : public test::DatabaseTest {
  protected:
    void SetUp() override;

    [[nodiscard]] pg::ConnectionOptions connection_options() const;
    [[nodiscard]] pg::Connection connect() const;
    [[nodiscard]] pg::Pool make_pool() const;

    [[nodiscard]] std::string cell(std::string const& sql) const {
        return test::query_cell(database_->url(), sql);
    }
    void run(std::string const& sql) const { test::query(database_->url(), sql); }
};

}  // namespace indexer::store
