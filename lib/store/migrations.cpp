#include "store/migrations.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "pg/error.hpp"
#include "store/schemas.hpp"
#include "store/sha256.hpp"

namespace indexer::store {
namespace {

constexpr int kLeastServer = 14;
constexpr std::string_view kInsufficientPrivilege = "42501";

base::Error schema_error(std::string const& what, std::string hint) {
    return {base::Fault::database, base::Recovery::never, "database: " + what, std::move(hint)};
}

struct Applied {
    int number;
    std::string name;
    std::string checksum;
    std::string at;
};

std::vector<Applied> applied_migrations(pg::Connection& connection, std::stop_token stop) {
    if (!connection.execute(sql::store::has_migrations, {}, stop).boolean(0, 0)) return {};
    auto const rows = connection.execute(sql::store::list_migrations, {}, stop);
    std::vector<Applied> applied;
    for (int row = 0; row < rows.rows(); ++row) {
        applied.push_back({static_cast<int>(rows.integer(row, 0)), std::string(rows.text(row, 1)),
                           std::string(rows.text(row, 2)), std::string(rows.text(row, 3))});
    }
    return applied;
}

void check_known(Applied const& applied, std::span<sql::Migration const> known) {
    auto const mine = std::find_if(
        known.begin(), known.end(),
        [&](sql::Migration const& candidate) { return candidate.number == applied.number; });
    if (mine == known.end()) {
        throw schema_error(
            fmt::format("its schema is newer than this program: it has migration {} ({})",
                        applied.number, applied.name),
            "use the version of indexer that migrated it, or a later one");
    }
    if (sha256_hex(mine->text) != applied.checksum) {
        throw schema_error(
            fmt::format("migration {} was applied with another text than this program's {}",
                        applied.number, mine->name),
            "use the version of indexer that migrated it");
    }
}

void apply_one(pg::Connection& connection, sql::Migration const& migration,
               std::vector<std::string> const& schemas, std::stop_token stop) {
    auto const number = std::to_string(migration.number);
    auto const checksum = sha256_hex(migration.text);
    connection.execute_script(text_for(migration.text, schemas), stop);
    connection.execute(sql::store::record_migration, {number, migration.name, checksum},
                       std::move(stop));
}

// What chains say is UTF-8. A database without an encoding keeps the bytes, so that one which was
// migrated by an older program is good enough.
void require_encoding(pg::Connection const& connection, bool is_migrated) {
    auto const encoding = connection.server_encoding();
    if (encoding == "UTF8" || (is_migrated && encoding == "SQL_ASCII")) return;
    throw schema_error(
        fmt::format("its encoding is {}, and UTF8 is needed; nothing was written", encoding),
        "make another one: createdb --encoding=UTF8 --template=template0 NAME");
}

bool is_applied(MigrationState const& state) {
    return !state.applied_at.empty();
}

// One transaction.
template <class Body>
void all_or_nothing(pg::Connection& connection, std::stop_token stop, Body body) {
    connection.execute_script("begin", stop);
    try {
        body();
        connection.execute_script("commit", stop);
    } catch (...) {
        if (connection.usable()) connection.execute_script("rollback", {});
        throw;
    }
}

}  // namespace

// libpq's number: 150004 is 15.4, and 90624 was 9.6, as versions were counted then.
void require_server(int version) {
    constexpr int kMajor = 10'000;
    if (version >= kLeastServer * kMajor) return;
    auto const minor = version % kMajor;
    auto const told = version >= 10 * kMajor ? minor : minor / 100;
    throw schema_error(fmt::format("the server is PostgreSQL {}.{}, and {} or later is needed",
                                   version / kMajor, told, kLeastServer),
                       "upgrade the server, or name another one");
}

Migrations::Migrations(std::span<sql::Migration const> known) : known_(known) {
}

std::vector<MigrationState> Migrations::status(pg::Connection& connection,
                                               std::stop_token stop) const {
    require_server(connection.server_version());
    try {
        return states(connection, stop);
    } catch (pg::Error const& error) {
        if (error.sqlstate() != kInsufficientPrivilege) throw;
        throw schema_error("this role may not read the schemas: " + std::string(error.what()),
                           "let an administrator run in this database: " +
                               Schemas(known_).grants_to_read(connection, stop));
    }
}

std::vector<MigrationState> Migrations::states(pg::Connection& connection,
                                               std::stop_token stop) const {
    auto const applied = applied_migrations(connection, stop);
    for (Applied const& one : applied) check_known(one, known_);
    std::vector<MigrationState> states;
    for (sql::Migration const& migration : known_) {
        auto const match = std::find_if(applied.begin(), applied.end(), [&](Applied const& one) {
            return one.number == migration.number;
        });
        states.push_back({migration.number, std::string(migration.name),
                          match == applied.end() ? std::string() : match->at});
    }
    return states;
}

std::vector<MigrationState> Migrations::apply(pg::Connection& connection,
                                              std::stop_token stop) const {
    auto const before = status(connection, stop);
    if (std::all_of(before.begin(), before.end(), is_applied)) return {};
    require_encoding(connection, std::any_of(before.begin(), before.end(), is_applied));
    Schemas const schemas(known_);
    schemas.require_rights(connection, stop);
    std::vector<MigrationState> pending;
    all_or_nothing(connection, stop, [&] {
        connection.execute(sql::store::lock_migrations, {}, stop);
        auto const present = schemas.present(connection, stop);
        connection.execute_script(sql::store::create_migrations, stop);
        pending = states(connection, stop);
        std::erase_if(pending, is_applied);
        for (MigrationState const& state : pending) {
            auto const migration =
                std::find_if(known_.begin(), known_.end(),
                             [&](auto const& known) { return known.number == state.number; });
            apply_one(connection, *migration, present, stop);
        }
    });
    return pending;
}

void Migrations::check(pg::Connection& connection, std::stop_token stop) const {
    auto const states = status(connection, stop);
    auto const pending = std::count_if(states.begin(), states.end(), std::not_fn(is_applied));
    if (pending == 0) return;
    throw schema_error(fmt::format("its schema is too old: {} of {} migrations are missing",
                                   pending, states.size()),
                       "run: indexer migrate");
}

}  // namespace indexer::store
