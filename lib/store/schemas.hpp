#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "pg/connection.hpp"
#include "sql/statements.hpp"

namespace indexer::store {

// The schemas that migrations make things in. Often an administrator makes them, and gives a role
// rights in them but none in the database.
class Schemas {
  public:
    // Our own, and those that `migrations` create.
    explicit Schemas(std::span<sql::Migration const> migrations);

    // Those that are there. Throws pg::Error, as all of these.
    [[nodiscard]] std::vector<std::string> present(pg::Connection& connection,
                                                   std::stop_token stop) const;
    // Throws Fault::database, whose hint is what an administrator has to run, unless the
    // connection's role may make what is missing of them and in them.
    void require_rights(pg::Connection& connection, std::stop_token stop) const;
    // What lets the connection's role read them, as SQL.
    [[nodiscard]] std::string grants_to_read(pg::Connection& connection,
                                             std::stop_token stop) const;

  private:
    std::vector<std::string> names_;
};

// The text of a migration, for a database where these schemas are there: without the lines that
// create them, or say what they are, which takes their owner.
[[nodiscard]] std::string text_for(std::string_view migration,
                                   std::vector<std::string> const& present);

}  // namespace indexer::store
