#include "tests/support/temp_database.hpp"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <random>
#include <stdexcept>

#include <fmt/format.h>
#include <libpq-fe.h>

namespace indexer::test {
namespace {

using Session = std::unique_ptr<PGconn, decltype(&PQfinish)>;
using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

char const* server_url() {
    return std::getenv("INDEXER_TEST_DATABASE_URL");
}

// libpq lets a later dbname replace an earlier one.
std::string with_database(std::string const& url, std::string const& name) {
    if (url.find("://") == std::string::npos) return url + " dbname=" + name;
    return url + (url.find('?') == std::string::npos ? '?' : '&') + "dbname=" + name;
}

std::string unique_name() {
    std::random_device random;
    return fmt::format("indexer_test_{:08x}{:08x}", random(), random());
}

std::vector<std::string> row_of(PGresult const& answer, int row) {
    std::vector<std::string> cells;
    for (int column = 0; column < PQnfields(&answer); ++column) {
        bool const null = PQgetisnull(&answer, row, column) != 0;
        cells.emplace_back(null ? "NULL" : PQgetvalue(&answer, row, column));
    }
    return cells;
}

}  // namespace

bool TempDatabase::possible() {
    return server_url() != nullptr;
}

TempDatabase::TempDatabase() : name_(unique_name()), url_(with_database(server_url(), name_)) {
    query(server_url(), "create database " + name_ + " template template0");
}

TempDatabase::~TempDatabase() {
    try {
        query(server_url(), "drop database if exists " + name_ + " with (force)");
    } catch (std::exception const& error) {
        ADD_FAILURE() << error.what();
    }
}

void DatabaseTest::SetUp() {
    INDEXER_REQUIRE_DATABASE();
    database_.emplace();
}

Rows query(std::string const& url, std::string const& sql) {
    Session const session(PQconnectdb(url.c_str()), &PQfinish);
    Answer const answer(PQexec(session.get(), sql.c_str()), &PQclear);
    ExecStatusType const status = PQresultStatus(answer.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        throw std::runtime_error(sql + ": " + PQerrorMessage(session.get()));
    }
    Rows rows;
    for (int row = 0; row < PQntuples(answer.get()); ++row) {
        rows.push_back(row_of(*answer, row));
    }
    return rows;
}

std::string query_cell(std::string const& url, std::string const& sql) {
    Rows const rows = query(url, sql);
    if (rows.size() != 1 || rows.front().size() != 1) {
        throw std::runtime_error(sql + ": not one cell");
    }
    return rows.front().front();
}

}  // namespace indexer::test
