#pragma once

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

// Skips the test when no server was named. ctest starts one of its own (see tests/CMakeLists.txt).
#define INDEXER_REQUIRE_DATABASE()                \
    if (!indexer::test::TempDatabase::possible()) \
    GTEST_SKIP() << "INDEXER_TEST_DATABASE_URL is not set"

namespace indexer::test {

// An empty database of its own on the server that INDEXER_TEST_DATABASE_URL names; dropped by the
// destructor, whoever is still connected to it.
class TempDatabase {
  public:
    // Whether the environment names a server.
    [[nodiscard]] static bool possible();

    TempDatabase();
    TempDatabase(TempDatabase const&) = delete;
    TempDatabase& operator=(TempDatabase const&) = delete;
    ~TempDatabase();

    [[nodiscard]] std::string const& name() const noexcept { return name_; }
    [[nodiscard]] std::string const& url() const noexcept { return url_; }

  private:
    std::string name_;
    std::string url_;
};

// A fixture whose tests each have a database, or are skipped.
class DatabaseTest : public ::testing::Test {
  protected:
    void SetUp() override;

    std::optional<TempDatabase> database_;
};

// What psql would show: each row's cells as text, null as "NULL". Several statements may be given;
// the rows are the last one's. Independent of the code under test: plain libpq, a connection a
// call. Throws std::runtime_error.
using Rows = std::vector<std::vector<std::string>>;
Rows query(std::string const& url, std::string const& sql);
// The only cell of the only row.
std::string query_cell(std::string const& url, std::string const& sql);

}  // namespace indexer::test
