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

// Throws Fault::database when a server is too old for this program's SQL. `version` is as of
// pg::Connection::server_version.
void require_server(int version);

// Brings a database to this program's schema, forward only. All that is pending is one transaction,
// in which each migration notes its number and checksum; sessions that migrate at the same time
// wait for each other.
//
// Every member throws Fault::database when the server is too old, when the role may not read our
// schemas, when the database was migrated by a newer program, or when a migration it has was
// another text: none of it can be mended from here.
class Migrations {
  public:
    // `known` lives as long as this object; the program's own are sql::migrations.
    explicit Migrations(std::span<sql::Migration const> known = sql::migrations);

    // Applies what is pending and returns it. Throws Fault::database before anything is written
    // when the encoding of the database cannot hold what chains say, or the role lacks rights.
    std::vector<MigrationState> apply(pg::Connection& connection, std::stop_token stop) const;

    // Every migration, applied or pending. Writes nothing.
    [[nodiscard]] std::vector<MigrationState> status(pg::Connection& connection,
                                                     std::stop_token stop) const;

    // Throws Fault::database with a hint unless every migration is applied.
    void check(pg::Connection& connection, std::stop_token stop) const;

  private:
    [[nodiscard]] std::vector<MigrationState> states(pg::Connection& connection,
                                                     std::stop_token stop) const;

    std::span<sql::Migration const> known_;
};

}  // namespace indexer::store
