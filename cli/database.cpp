#include "cli/database.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/clock.hpp"
#include "pg/error.hpp"
#include "sql/statements.hpp"
#include "store/migrations.hpp"

namespace indexer::cli {
namespace {

constexpr std::string_view kTooManyConnections = "53300";

// libpq connects by these alone; PGPORT, PGUSER and the like only refine.
bool named_by_environment() {
    constexpr std::array kNames{"PGHOST", "PGHOSTADDR", "PGSERVICE", "PGDATABASE"};
    return std::any_of(kNames.begin(), kNames.end(), [](char const* name) {
        char const* const value = std::getenv(name);
        return value != nullptr && *value != '\0';
    });
}

pg::ConnectionOptions connection_to(base::Secret url, config::Database const& database,
                                    std::string_view command) {
    return {.url = std::move(url),
            .application_name = fmt::format("indexer {}", command),
            .connect_timeout = database.connect_timeout,
            .statement_timeout = database.statement_timeout,
            .session_setup = {}};
}

// Only this program writes to its private server, so a database there that has no schema yet was
// made by this run, or by one that was interrupted.
void migrate_if_new(pg::ConnectionOptions const& connection, std::stop_token stop) {
    auto session = pg::Connection::open(connection, stop);
    store::Migrations const migrations;
    auto const states = migrations.status(session, stop);
    bool const is_new = std::all_of(states.begin(), states.end(),
                                    [](auto const& state) { return state.applied_at.empty(); });
    if (is_new) migrations.apply(session, stop);
}

}  // namespace

embedded::Server private_server(config::Options const& options) {
    return embedded::Server::in(options.embedded.data_dir);
}

pg::ConnectionOptions private_connection(config::Options const& options, std::string_view command,
                                         std::stop_token stop) {
    auto server = private_server(options);
    auto const ready = server.ensure_running(stop);
    if (ready.started) {
        spdlog::info("database: started the private server in {}", server.layout().home.string());
    }
    auto connection = connection_to(base::Secret(ready.url), options.database, command);
    migrate_if_new(connection, stop);
    return connection;
}

pg::ConnectionOptions connection_options(config::Options const& options, std::string_view command,
                                         std::stop_token stop) {
    if (options.database.url.empty() && !named_by_environment()) {
        return private_connection(options, command, std::move(stop));
    }
    return connection_to(options.database.url, options.database, command);
}

std::vector<pg::Connection> open_readers(config::Options const& options, std::string_view command,
                                         std::size_t most, std::stop_token stop) {
    auto connection = connection_options(options, command, stop);
    connection.session_setup = sql::store::reader_session;
    std::vector<pg::Connection> sessions;
    sessions.push_back(pg::Connection::open(connection, stop));
    store::Migrations().check(sessions.front(), stop);
    // Of a pooler's sessions nobody knows how many there are, and who waits for one waits long.
    auto const more = sessions.front().is_pooled() ? 1 : most;
    auto const count = std::min<std::size_t>(more, options.database.pool_max_open);
    try {
        while (sessions.size() < count) sessions.push_back(pg::Connection::open(connection, stop));
    } catch (pg::Error const& error) {
        if (error.sqlstate() != kTooManyConnections) throw;
        spdlog::info("{}: {} of {} sessions do the work", error.what(), sessions.size(), count);
    }
    return sessions;
}

pg::Pool open_database(config::Options const& options, std::string_view command,
                       std::stop_token stop) {
    auto connection = connection_options(options, command, stop);
    auto session = pg::Connection::open(connection, stop);
    store::Migrations().check(session, stop);
    connection.session_setup = sql::store::writer_session;
    config::Database const& database = options.database;
    return pg::Pool(std::move(connection),
                    {.max_open = database.pool_max_open,
                     .max_idle = database.pool_max_idle,
                     .max_lifetime = database.pool_max_lifetime,
                     .max_idle_time = database.pool_max_idle_time},
                    base::steady_clock());
}

}  // namespace indexer::cli
