#pragma once

#include <cstddef>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "embedded/server.hpp"
#include "pg/pool.hpp"

namespace indexer::cli {

// The private server that `options` name by their data directory.
[[nodiscard]] embedded::Server private_server(config::Options const& options);

// How to connect to the private server, which is started for it, and on first use made and
// migrated. `command` is shown to the server as part of the application name.
[[nodiscard]] pg::ConnectionOptions private_connection(config::Options const& options,
                                                       std::string_view command,
                                                       std::stop_token stop);

// How to connect: to the URL given, to what libpq's own PG* variables name, or else to the private
// server.
[[nodiscard]] pg::ConnectionOptions connection_options(config::Options const& options,
                                                       std::string_view command,
                                                       std::stop_token stop);

// Sessions for a command that only reads our tables: `most`, unless the pool may not hold as many,
// or the server has not as many left; one behind a pooler.
// Throws as open_database.
[[nodiscard]] std::vector<pg::Connection> open_readers(config::Options const& options,
                                                       std::string_view command, std::size_t most,
                                                       std::stop_token stop);

// Connections for a command that reads and writes our tables. Throws Fault::database unless the
// schema is this program's.
[[nodiscard]] pg::Pool open_database(config::Options const& options, std::string_view command,
                                     std::stop_token stop);

}  // namespace indexer::cli
