#include "store/migrations.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/error.hpp"
#include "store/sha256.hpp"

namespace indexer::store {
namespace {

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

// Holds the migration lock of a session.
class Lock {
  public:
    Lock(pg::Connection& connection, std::stop_token stop) : connection_(connection) {
        connection.execute(sql::store::lock_migrations, {}, std::move(stop));
    }
    Lock(Lock const&) = delete;
    Lock& operator=(Lock const&) = delete;
    ~Lock() {
        try {
            connection_.execute(sql::store::unlock_migrations, {}, {});
        } catch (base::Error const&) {
            // The session is gone, and its lock with it.
        }
    }

  private:
    pg::Connection& connection_;
};

void apply_one(pg::Connection& connection, sql::Migration const& migration, std::stop_token stop) {
    auto const number = std::to_string(migration.number);
    auto const checksum = sha256_hex(migration.text);
    connection.execute_script("begin", stop);
    try {
        connection.execute_script(migration.text, stop);
        connection.execute(sql::store::record_migration, {number, migration.name, checksum}, stop);
        connection.execute_script("commit", stop);
    } catch (...) {
        if (connection.usable()) connection.execute_script("rollback", {});
        throw;
    }
}

}  // namespace

Migrations::Migrations(std::span<sql::Migration const> known) : known_(known) {
}

std::vector<MigrationState> Migrations::status(pg::Connection& connection,
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
    Lock const lock(connection, stop);
    connection.execute_script(sql::store::create_migrations, stop);
    auto pending = status(connection, stop);
    std::erase_if(pending, [](MigrationState const& state) { return !state.applied_at.empty(); });
    for (sql::Migration const& migration : known_) {
        bool const is_pending = std::any_of(pending.begin(), pending.end(), [&](auto const& state) {
            return state.number == migration.number;
        });
        if (is_pending) apply_one(connection, migration, stop);
    }
    return pending;
}

void Migrations::check(pg::Connection& connection, std::stop_token stop) const {
    auto const states = status(connection, stop);
    auto const pending = std::count_if(states.begin(), states.end(),
                                       [](auto const& state) { return state.applied_at.empty(); });
    if (pending == 0) return;
    throw schema_error(fmt::format("its schema is too old: {} of {} migrations are missing",
                                   pending, states.size()),
                       "run: indexer migrate");
}

}  // namespace indexer::store
