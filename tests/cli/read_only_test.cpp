#include <gtest/gtest.h>

#include "tests/world/standby.hpp"
#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

// Commands that only look, where nothing else is possible.
class ReadOnly : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        start_node({"--first-slot", "1000", "--slots", "5000", "--seed", "9", "--transactions",
                    "10", "--tip", "1200"});
    }

    void fill() {
        migrate();
        auto const done = indexer({"backfill", "--from-slot", "1000", "--to-slot", "1099"});
        ASSERT_EQ(done.exit_code, 0) << done.out << done.err;
    }

    void expect_that_looking_works() {
        for (auto const& arguments : std::vector<std::vector<std::string>>{
                 {"status"},
                 {"gaps", "--from-slot", "1000", "--to-slot", "1099"},
                 {"verify"},
                 {"verify", "--deep"},
                 {"dead-letters", "list"},
                 {"migrate"},
                 {"migrate", "--status"},
                 {"audit", "--against", node_->url(), "--sample", "20%"},
                 {"backfill", "--from-slot", "1000", "--to-slot", "1199", "--dry-run",
                  "--shared-rps", "100"},
                 {"reindex", "--from-slot", "1000", "--dry-run"},
                 {"repair", "--dry-run"}}) {
            auto const done = indexer(arguments);
            EXPECT_EQ(done.exit_code, 0) << arguments.front() << done.out << done.err;
        }
    }
};

TEST_F(ReadOnly, AServerThatTakesNothing) {
    fill();
    environment_["PGOPTIONS"] = "-c default_transaction_read_only=on";
    expect_that_looking_works();
}

TEST_F(ReadOnly, ARoleThatMaySelect) {
    fill();
    auto const role = database_->name() + "_looker";
    run_sql("create role " + role +
            " login password 'sesame'; "
            "grant usage on schema indexer, solana, stellar to " +
            role + "; grant select on all tables in schema indexer, solana, stellar to " + role);
    environment_["DATABASE_URL"] = database_->url() + "&user=" + role + "&password=sesame";
    expect_that_looking_works();
    run_sql("alter role " + role + " connection limit 2");
    auto const shared = indexer({"verify"});
    EXPECT_EQ(shared.exit_code, 0) << shared.out;
    EXPECT_NE(shared.err.find("2 of 4 sessions do the work"), std::string::npos) << shared.err;
    run_sql("drop owned by " + role + "; drop role " + role);
}

TEST_F(ReadOnly, AHotStandby) {
    Standby const standby;
    environment_["DATABASE_URL"] = standby.primary();
    fill();
    standby.follow();
    environment_["DATABASE_URL"] = standby.url();
    expect_that_looking_works();
    auto const done = indexer(
        {"backfill", "--from-slot", "1100", "--to-slot", "1110", "--max-write-attempts", "1"});
    EXPECT_EQ(done.exit_code, 5) << done.out;
    EXPECT_NE(done.err.find("hint: the server is read-only: connect to the primary"),
              std::string::npos)
        << done.err;
}

}  // namespace
}  // namespace indexer::test
