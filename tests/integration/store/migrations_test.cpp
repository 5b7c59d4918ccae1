#include "store/migrations.hpp"

#include <array>
#include <thread>

#include <fmt/format.h>
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

TEST_F(MigrationsTest, AFailedOneTakesThoseBeforeItBackAndTheNextTimeGoesOn) {
    auto session = connect();
    std::array broken = kTwo;
    broken[1].text = "create table second (id int); select no_such_function()";
    EXPECT_ANY_THROW(Migrations(broken).apply(session, {}));
    EXPECT_EQ(cell("select to_regclass('first') is null and to_regnamespace('indexer') is null"),
              "t");
    EXPECT_EQ(Migrations(kTwo).apply(session, {}).size(), 2U);
}

// As an administrator makes them for a role that may do nothing else in the database.
class ReadyMadeSchemas : public MigrationsTest {
  protected:
    void SetUp() override {
        MigrationsTest::SetUp();
        if (IsSkipped()) return;
        role_ = database_->name() + "_role";
        run("create role " + role_ + " login password 'sesame'");
    }
    void TearDown() override {
        if (IsSkipped()) return;
        run("drop owned by " + role_ + "; drop role " + role_);
    }
    pg::Connection connect_as_role() const {
        auto options = connection_options();
        options.url = base::Secret(database_->url() + "&user=" + role_ + "&password=sesame");
        return pg::Connection::open(options, {});
    }

    std::string role_;
};

TEST_F(ReadyMadeSchemas, AreMigratedInto) {
    run("create schema indexer; create schema solana; create schema stellar; "
        "grant usage, create on schema indexer, solana, stellar to " +
        role_);
    auto session = connect_as_role();
    EXPECT_EQ(Migrations().apply(session, {}).size(), sql::migrations.size());
    EXPECT_NO_THROW(Migrations().check(session, {}));
}

TEST_F(ReadyMadeSchemas, MayBeThereInPart) {
    run("create schema stellar authorization " + role_ + "; grant create on database " +
        database_->name() + " to " + role_);
    auto session = connect_as_role();
    EXPECT_EQ(Migrations().apply(session, {}).size(), sql::migrations.size());
}

TEST_F(ReadyMadeSchemas, AreLeftAsTheyAreWhereTheyHoldSomethingElse) {
    run("create schema stellar; create table stellar.ledgers (id int)");
    auto session = connect();
    EXPECT_EQ(message_of([&] { Migrations().apply(session, {}); }),
              "database: relation \"ledgers\" already exists [42P07]");
    EXPECT_EQ(cell("select to_regnamespace('indexer') is null"), "t");
}

TEST_F(ReadyMadeSchemas, WhatIsMissingIsToldAsStatements) {
    run("create schema indexer; create schema solana authorization " + role_);
    auto session = connect_as_role();
    std::string hint;
    EXPECT_EQ(message_of([&] {
                  try {
                      Migrations().apply(session, {});
                  } catch (base::Error const& error) {
                      hint = error.hint();
                      throw;
                  }
              }),
              "database: this role may not make the schemas, or nothing in them; nothing was "
              "written");
    std::string const prefix = "let an administrator run in this database: ";
    ASSERT_TRUE(hint.starts_with(prefix)) << hint;
    run(hint.substr(prefix.size()));
    EXPECT_EQ(Migrations().apply(session, {}).size(), sql::migrations.size());
}

TEST_F(ReadyMadeSchemas, WhatAReaderLacksIsToldAsStatements) {
    auto owner = connect();
    Migrations().apply(owner, {});
    auto session = connect_as_role();
    std::string hint;
    try {
        Migrations().check(session, {});
    } catch (base::Error const& error) {
        hint = error.hint();
    }
    std::string const prefix = "let an administrator run in this database: ";
    ASSERT_TRUE(hint.starts_with(prefix)) << hint;
    run(hint.substr(prefix.size()));
    EXPECT_NO_THROW(Migrations().check(session, {}));
}

TEST_F(MigrationsTest, RefusesEncodingsOtherThanUtf8BeforeAnythingIsWritten) {
    for (std::string const encoding : {"LATIN1", "SQL_ASCII"}) {
        auto const name = fmt::format("{}_{}", database_->name(), encoding);
        run(
            fmt::format("create database \"{}\" template template0 encoding '{}' lc_collate 'C' "
                        "lc_ctype 'C'",
                        name, encoding));
        auto options = connection_options();
        options.url = base::Secret(database_->url() + "&dbname=" + name);
        {
            auto session = pg::Connection::open(options, {});
            EXPECT_EQ(message_of([&] { Migrations().apply(session, {}); }),
                      "database: its encoding is " + encoding +
                          ", and UTF8 is needed; nothing was written");
            EXPECT_FALSE(session.execute(sql::store::has_migrations, {}, {}).boolean(0, 0));
        }
        run("drop database \"" + name + "\"");
    }
}

TEST(RequireServer, RefusesOneThatIsTooOld) {
    EXPECT_NO_THROW(require_server(140'000));
    EXPECT_NO_THROW(require_server(180'001));
    for (auto const& [version, told] : {std::pair(130'022, "13.22"), std::pair(90'624, "9.6")}) {
        try {
            require_server(version);
            ADD_FAILURE() << version;
        } catch (base::Error const& error) {
            EXPECT_EQ(error.fault(), base::Fault::database);
            EXPECT_EQ(std::string(error.what()),
                      std::string("database: the server is PostgreSQL ") + told +
                          ", and 14 or later is needed");
        }
    }
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
