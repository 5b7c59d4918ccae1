#include <csignal>
#include <cstdlib>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "tests/world/world.hpp"

// Every command that writes, killed with no warning at random moments, again and again: what is
// claimed is there all the while, and in the end all is as if nothing had happened.
namespace indexer::test {
namespace {

struct Writing {
    char const* name;
    std::vector<std::string> command;
    char const* undo;  // SQL that gives it work again
};

std::ostream& operator<<(std::ostream& out, Writing const& writing) {
    return out << writing.name;
}

// In the suite a few; scripts/kills asks for more.
int kills() {
    auto const* const asked = std::getenv("INDEXER_KILLS");
    return asked == nullptr ? 3 : std::atoi(asked);
}

constexpr auto kRowsOfTheRange =
    "select md5(string_agg(row, ',' order by row)) from ("
    "select b::text as row from solana.blocks b where slot <= 1199 union all "
    "select t::text from solana.transactions t where slot <= 1199 union all "
    "select t::text from solana.token_transfers t where slot <= 1199 union all "
    "select t::text from solana.sol_transfers t where slot <= 1199 union all "
    "select s::text from solana.swaps s where slot <= 1199) as all_rows";

// Blocks that coverage claims, against those that are there, and transactions of these.
constexpr auto kClaimedIsThere =
    "select (select coalesce(sum(blocks), 0) from indexer.segments) <= "
    "(select count(*) from solana.blocks), "
    "(select count(*) from solana.blocks b where b.transaction_count - b.vote_count <> "
    " (select count(*) from solana.transactions t where t.slot = b.slot))";

class Kills : public World, public ::testing::WithParamInterface<Writing> {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        migrate();
        start_node(
            {"--first-slot", "1000", "--slots", "230", "--seed", "23", "--transactions", "20"});
        finish();
        expected_ = table(kRowsOfTheRange);
    }

    void finish() {
        auto const done =
            indexer({"backfill", "--from-slot", "1000", "--to-slot", "1199", "--quiet"});
        ASSERT_EQ(done.exit_code, 0) << done.out << done.err;
    }

    std::unique_ptr<Process> start() {
        auto arguments = GetParam().command;
        if (arguments.front() != "migrate") {
            arguments.insert(arguments.end(), {"--quiet", "--concurrency", "4", "--flush-interval",
                                               "5ms", "--group-blocks", "10"});
        }
        return start_indexer(arguments);
    }

    // What a killed process had asked for may still be under way.
    void wait_for_its_sessions() const {
        while (table("select count(*) from pg_stat_activity where datname = current_database() "
                     "and application_name like 'indexer%'") != "0\n") {
        }
    }

    // A schema that is half made claims nothing yet.
    [[nodiscard]] bool claims_what_is_there() const {
        bool const has_tables = table(
                                    "select to_regclass('indexer.segments') is not null "
                                    "and to_regclass('solana.transactions') is not null") == "t\n";
        return !has_tables || table(kClaimedIsThere) == "t\t0\n";
    }

    std::string expected_;
};

TEST_P(Kills, LeaveAllAsIfNothingHadHappened) {
    std::mt19937 random(5);
    int killed = 0;
    for (int life = 0; killed < kills() && life < 20 * kills(); ++life) {
        run_sql(GetParam().undo);
        auto const running = start();
        std::this_thread::sleep_for(std::chrono::milliseconds(random() % 120));
        running->signal(SIGKILL);
        if (running->wait().exit_code == 128 + SIGKILL) ++killed;
        wait_for_its_sessions();
        EXPECT_TRUE(claims_what_is_there()) << "after life " << life;
    }
    EXPECT_EQ(killed, kills());
    auto const done = start()->wait();
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    finish();
    EXPECT_EQ(table(kRowsOfTheRange), expected_);
    auto const proof = indexer({"verify", "--deep", "--to-slot", "1199"});
    EXPECT_EQ(proof.exit_code, 0) << proof.out << proof.err;
}

constexpr auto kForget =
    "select indexer.uncover('solana', content, 1050, 1150) from indexer.contents";
constexpr auto kForgetTheTail =
    "select indexer.uncover('solana', content, 1100, 2000) from indexer.contents";
constexpr auto kBury =
    "insert into indexer.dead_letters (chain, content, seq, path, stage, error, raw) "
    "select 'solana', content, seq, 'transactions[1]', 'decode', 'odd', 'x' "
    "from indexer.contents join indexer.blocks using (content_id) "
    "where seq between 1100 and 1199 on conflict do nothing";

INSTANTIATE_TEST_SUITE_P(
    Commands, Kills,
    ::testing::Values(
        Writing{"Backfill", {"backfill", "--from-slot", "1000", "--to-slot", "1199"}, kForget},
        Writing{"BackfillByForce",
                {"backfill", "--force", "--from-slot", "1000", "--to-slot", "1199"},
                "select 1"},
        Writing{"Poll", {"poll", "--until-caught-up"}, kForgetTheTail},
        Writing{"Repair", {"repair"}, kForget},
        Writing{"Reindex", {"reindex", "--from-slot", "1000", "--to-slot", "1199"}, "select 1"},
        Writing{"DeadLetters", {"dead-letters", "retry"}, kBury},
        Writing{"Migrate", {"migrate"}, "drop schema if exists indexer, solana, stellar cascade"}),
    [](auto const& writing) { return writing.param.name; });

}  // namespace
}  // namespace indexer::test
