#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "pg/connection.hpp"
#include "sql/statements.hpp"

namespace indexer::store {

// One migration of the program beside what the database says about it.
struct MigrationState {
    int number = 0;
    std::string name;
    std::string applied_at;  // empty: pending
};

// Brings a database to this program's schema, forward only. Each migration is one transaction that
// also notes its number and checksum; sessions that migrate at the same time wait for each other.
//
// Every member throws Fault::database when the database was migrated by a newer program, or when a
// migration it has was another text: neither can be mended from here.
class Migrations {
  public:
    // `known` lives as long as this object; the program's own are sql::migrations.
    explicit Migrations(std::span<sql::Migration const> known = sql::migrations);

    // Applies what is pending and returns it.
    std::vector<MigrationState> apply(pg::Connection& connection, std::stop_token stop) const;

    // Every migration, applied or pending. Writes nothing.
    [[nodiscard]] std::vector<MigrationState> status(pg::Connection& connection,
                                                     std::stop_token stop) const;

    // Throws Fault::database with a hint unless every migration is applied.
    void check(pg::Connection& connection, std::stop_token stop) const;

  private:
    std::span<sql::Migration const> known_;
};

}  // namespace indexer::store
