#include "store/migrations.hpp"

#include <array>
#include <thread>

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "tests/integration/store/migrated_database.hpp"

namespace indexer::store {
namespace {

constexpr std::array kTwo{sql::Migration{1, "0001_first", "create table first (id int)"},
                          sql::Migration{2, "0002_second", "create table second (id int)"}};

class MigrationsTest : public MigratedDatabase {
  protected:
    // An empty database, without the program's schema.
    void SetUp() override { DatabaseTest::SetUp(); }  // NOLINT(bugprone-parent-virtual-call)

    static std::string message_of(auto&& body) {
        try {
            body();
        } catch (base::Error const& error) {
            EXPECT_EQ(error.fault(), base::Fault::database);
            return error.what();
        }
        return "no error";
    }
};

TEST_F(MigrationsTest, AppliesWhatIsPendingOnce) {
    auto session = connect();
    EXPECT_EQ(Migrations(std::span(kTwo).first(1)).apply(session, {}).size(), 1U);
    EXPECT_EQ(Migrations(kTwo).apply(session, {}).size(), 1U);
    EXPECT_TRUE(Migrations(kTwo).apply(session, {}).empty());
    EXPECT_NO_THROW(Migrations(kTwo).check(session, {}));
}

TEST_F(MigrationsTest, StatusWritesNothing) {
    auto session = connect();
    auto const states = Migrations(kTwo).status(session, {});
    ASSERT_EQ(states.size(), 2U);
    EXPECT_EQ(states[0].applied_at, "");
    EXPECT_EQ(cell("select to_regnamespace('indexer') is null"), "t");
}

TEST_F(MigrationsTest, RefusesASchemaThatIsTooOld) {
    auto session = connect();
    Migrations(std::span(kTwo).first(1)).apply(session, {});
    EXPECT_EQ(message_of([&] { Migrations(kTwo).check(session, {}); }),
              "database: its schema is too old: 1 of 2 migrations are missing");
}

TEST_F(MigrationsTest, RefusesASchemaFromTheFuture) {
    auto session = connect();
    Migrations(kTwo).apply(session, {});
    EXPECT_EQ(message_of([&] { Migrations(std::span(kTwo).first(1)).check(session, {}); }),
              "database: its schema is newer than this program: it has migration 2 (0002_second)");
}

TEST_F(MigrationsTest, RefusesAMigrationThatWasAnotherText) {
    auto session = connect();
    Migrations(kTwo).apply(session, {});
    std::array changed = kTwo;
    changed[0].text = "create table first (id bigint)";
    EXPECT_EQ(message_of([&] { Migrations(changed).check(session, {}); }),
              "database: migration 1 was applied with another text than this program's 0001_first");
}

TEST_F(MigrationsTest, AFailedMigrationLeavesNothingOfItself) {
    auto session = connect();
    std::array broken = kTwo;
    broken[1].text = "create table second (id int); select no_such_function()";
    EXPECT_ANY_THROW(Migrations(broken).apply(session, {}));
    EXPECT_EQ(cell("select to_regclass('second') is null"), "t");
    EXPECT_EQ(Migrations(kTwo).apply(session, {}).size(), 1U);
}

TEST_F(MigrationsTest, SessionsThatMigrateAtOnceDoNotDisturbEachOther) {
    std::vector<std::thread> threads;
    for (int number = 0; number < 4; ++number) {
        threads.emplace_back([&] {
            auto session = connect();
            EXPECT_NO_THROW(Migrations().apply(session, {}));
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(cell("select count(*) from indexer.migrations"),
              std::to_string(sql::migrations.size()));
}

}  // namespace
}  // namespace indexer::store
