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

// Each stored block covers its own slot, and those back to its parent where that is stored as well;
// where it is not, these are covered once the parent was confirmed. Nothing else is covered, but
// what a run that proves the tail covers behind its last block, which is left out.
constexpr auto kCoveredIsStored =
    "with covered as ("
    "    select coalesce(range_agg(int8range(first_seq, right_seq + 1)), '{}') as seqs "
    "    from indexer.segments where blocks > 0"
    "), stored as ("
    "    select coalesce(range_agg(int8range(b.parent_slot + 1, b.slot + 1)), '{}') as at_most, "
    "        coalesce(range_agg(int8range(coalesce(p.slot + 1, b.slot), b.slot + 1)), '{}') "
    "            as at_least "
    "    from solana.blocks b left join solana.blocks p on p.slot = b.parent_slot"
    ") "
    "select seqs <@ at_most, seqs @> at_least, "
    "  (select count(*) from solana.blocks b where b.transaction_count - b.vote_count <> "
    "   (select count(*) from solana.transactions t where t.slot = b.slot)) "
    "from covered, stored";

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
            EXPECT_EQ(table(kCoveredIsStored), "t\tt\t0\n") << round << " " << life;
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
