#include <chrono>
#include <csignal>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

using Engine = std::mt19937_64;

std::uint64_t pick(Engine& engine, std::uint64_t least, std::uint64_t most) {
    return least + engine() % (most - least + 1);
}

// A run that proves the tail covers what lies behind its last block as well, so that is left out.
constexpr auto kCoveredIsStored =
    "select coalesce((select range_agg(int8range(first_seq, right_seq + 1)) "
    "                 from indexer.segments where blocks > 0), '{}') "
    "     = coalesce((select range_agg(int8range(parent_slot + 1, slot + 1)) "
    "                 from solana.blocks), '{}'), "
    "  (select count(*) from solana.blocks b where b.transaction_count - b.vote_count <> "
    "   (select count(*) from solana.transactions t where t.slot = b.slot))";

// The program, killed with no warning at random moments, over random chains and with random cuts.
class CoverageOfKilledRuns : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (!IsSkipped()) migrate();
    }

    void start_chain(Engine& engine) {
        start_node({"--first-slot", "900", "--slots", "530", "--seed",
                    std::to_string(engine() % 1'000), "--skip-rate",
                    fmt::format("0.{}", pick(engine, 0, 6)), "--transactions", "5", "--fault",
                    fmt::format("omit:slots={}-{}", 1'000 + pick(engine, 0, 200), 1'260)});
    }

    static std::vector<std::string> backfill(Engine& engine) {
        std::vector<std::string> run{"backfill",  "--from-slot", "1000",
                                     "--to-slot", "1399",        "--quiet"};
        for (auto const& [name, most] : {std::pair{"--concurrency", 6U},
                                         {"--writers", 4},
                                         {"--group-blocks", 20},
                                         {"--queue-capacity", 20},
                                         {"--batch-size", 30}}) {
            run.insert(run.end(), {name, std::to_string(pick(engine, 1, most))});
        }
        run.insert(run.end(), {"--flush-interval", fmt::format("{}ms", pick(engine, 0, 5))});
        return run;
    }

    // What a killed process had asked for may still be under way.
    void wait_for_its_sessions() const {
        while (table("select count(*) from pg_stat_activity where datname = current_database() "
                     "and application_name like 'indexer%'") != "0\n") {
        }
    }
};

TEST_F(CoverageOfKilledRuns, IsTheUnionOfWhatIsStored) {
    Engine engine(29);
    int killed = 0;
    for (int round = 0; round < 5; ++round) {
        run_sql(
            "truncate solana.blocks, solana.transactions, solana.token_transfers, "
            "solana.sol_transfers, solana.swaps, indexer.segments, indexer.blocks");
        start_chain(engine);
        for (int life = 0; life < 6; ++life) {
            auto const running = start_indexer(backfill(engine));
            std::this_thread::sleep_for(std::chrono::milliseconds(pick(engine, 10, 120)));
            running->signal(SIGKILL);
            if (running->wait().exit_code == 128 + SIGKILL) ++killed;
            wait_for_its_sessions();
            EXPECT_EQ(table(kCoveredIsStored), "t\t0\n") << round << " " << life;
        }
        auto const done = indexer(backfill(engine));
        EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
        EXPECT_EQ(table("select count(*), min(first_seq) <= 1000, max(last_seq) >= 1399 "
                        "from indexer.segments"),
                  "1\tt\tt\n");
        auto const proven = indexer({"verify", "--deep", "--to-slot", "1399"});
        EXPECT_EQ(proven.exit_code, 0) << proven.out << proven.err;
    }
    EXPECT_GT(killed, 10);
}

}  // namespace
}  // namespace indexer::test
