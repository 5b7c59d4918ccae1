#include "tests/world/pooler.hpp"

#include <chrono>
#include <csignal>
#include <optional>
#include <thread>

#include <gtest/gtest.h>

#include "tests/support/held_session.hpp"
#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

// What a client of the same pooler sees that was left behind by another: settings, prepared
// statements.
constexpr auto kLeftBehind =
    "select string_agg(name || '=' || setting, ' ') from pg_settings where source = 'session' and "
    "name not in ('application_name', 'client_encoding', 'DateStyle', 'TimeZone', "
    "'standard_conforming_strings') "
    "union all select string_agg(statement, ' ') from pg_prepared_statements";
constexpr auto kNothing = "NULL\nNULL\n";

class Pooled : public World, public ::testing::WithParamInterface<char const*> {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        if (!Pooler::program()) GTEST_SKIP() << "PgBouncer is not installed";
        pooler_.emplace(GetParam(), database_->url());
        environment_["DATABASE_URL"] = pooler_->url();
        start_node({"--first-slot", "1000", "--slots", "5000", "--seed", "9", "--transactions",
                    "10", "--tip", "1200"});
    }

    std::string left_behind() const {
        std::string text;
        for (auto const& row : query(pooler_->url(), kLeftBehind)) text += row.front() + "\n";
        return text;
    }
    std::string advisory_locks() const {
        return table(
            "select count(*) from pg_locks where locktype = 'advisory' and database = "
            "(select oid from pg_database where datname = current_database())");
    }
    static std::vector<std::string> poll(std::vector<std::string> more) {
        more.insert(more.begin(), {"poll", "--from-slot", "1000", "--interval", "50ms"});
        return more;
    }

    std::optional<Pooler> pooler_;
};

TEST_P(Pooled, EveryCommandWorksAndLeavesNothingBehind) {
    for (auto const& arguments : std::vector<std::vector<std::string>>{
             {"migrate"},
             {"backfill", "--from-slot", "1000", "--to-slot", "1199"},
             {"reindex", "--from-slot", "1000", "--to-slot", "1019"},
             {"repair"},
             {"status"},
             {"gaps"},
             {"verify", "--deep"},
             {"poll", "--until-caught-up"},
             {"audit", "--against", node_->url(), "--sample", "10%"},
             {"dead-letters", "list"}}) {
        auto const done = indexer(arguments);
        EXPECT_EQ(done.exit_code, 0) << arguments.front() << done.out << done.err;
        EXPECT_EQ(left_behind(), kNothing) << arguments.front();
    }
    EXPECT_EQ(table("select count(*), min(first_seq), max(last_seq) from indexer.segments"),
              "1\t1000\t1200\n");
    EXPECT_EQ(advisory_locks(), "0\n");
}

TEST_P(Pooled, AnotherClientSeesNothingOfARunThatGoesOn) {
    ASSERT_EQ(indexer({"migrate"}).exit_code, 0);
    auto const running = start_indexer(
        {"backfill", "--from-slot", "1000", "--to-slot", "1199", "--group-blocks", "2"});
    while (table("select count(*) >= 150 from solana.blocks") != "t\n") {
        ASSERT_EQ(left_behind(), kNothing);
    }
    EXPECT_EQ(running->wait().exit_code, 0);
}

TEST_P(Pooled, OnePollerOfAChainRunsAtATime) {
    ASSERT_EQ(indexer({"migrate"}).exit_code, 0);
    auto const first = start_indexer(poll({}));
    while (table("select coalesce(max(last_seq), 0) >= 1200 from indexer.segments") != "t\n") {
    }
    auto const second = indexer(poll({"--until-caught-up"}));
    EXPECT_EQ(second.exit_code, 4) << second.out << second.err;
    EXPECT_EQ(indexer(poll({"--until-caught-up", "--on-lock", "skip"})).exit_code, 0);
    first->signal(SIGKILL);
    // Waits until the server has heard of it.
    auto const third = indexer(poll({"--until-caught-up", "--on-lock", "wait"}));
    EXPECT_EQ(third.exit_code, 0) << third.out << third.err;
    EXPECT_EQ(advisory_locks(), "0\n");
}

TEST_P(Pooled, TheStatementTimeoutHolds) {
    ASSERT_EQ(indexer({"migrate"}).exit_code, 0);
    HeldSession const holder(database_->url(),
                             "begin; lock table indexer.segments in access exclusive mode");
    auto const done = indexer({"status", "--statement-timeout", "100ms"});
    EXPECT_EQ(done.exit_code, 5) << done.out;
    EXPECT_NE(done.err.find("canceling statement due to statement timeout"), std::string::npos)
        << done.err;
}

TEST_P(Pooled, AHintIsAboutItsCause) {
    environment_["PGOPTIONS"] = "-c work_mem=9MB";
    auto const done = indexer({"migrate", "--status"});
    EXPECT_EQ(done.exit_code, 5) << done.out;
    EXPECT_NE(done.err.find("hint: take options out of the database URL and PGOPTIONS"),
              std::string::npos)
        << done.err;
}

INSTANTIATE_TEST_SUITE_P(PgBouncer, Pooled, ::testing::Values("session", "transaction"),
                         [](auto const& mode) { return std::string(mode.param); });

class PooledStatements : public World {};

TEST_F(PooledStatements, AreRefusedBeforeAnythingIsWritten) {
    if (!Pooler::program()) GTEST_SKIP() << "PgBouncer is not installed";
    Pooler const pooler("statement", database_->url());
    environment_["DATABASE_URL"] = pooler.url();
    auto const done = indexer({"migrate"});
    EXPECT_EQ(done.exit_code, 5) << done.out;
    EXPECT_NE(done.err.find("hint: let the pooler pool transactions or sessions"),
              std::string::npos)
        << done.err;
    EXPECT_EQ(table("select to_regnamespace('indexer') is null"), "t\n");
}

}  // namespace
}  // namespace indexer::test
