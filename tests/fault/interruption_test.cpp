#include <csignal>
#include <random>
#include <thread>

#include <gtest/gtest.h>

#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

constexpr auto kEveryRow =
    "select md5(string_agg(t::text, ',' order by slot, transaction_index)) "
    "from solana.transactions t";
constexpr auto kEveryBlock =
    "select count(*), md5(string_agg(b::text, ',' order by slot)) "
    "from solana.blocks b where slot between 1000 and 1599";
// Blocks that coverage claims, against blocks and transactions that are there.
constexpr auto kClaims =
    "select coalesce(sum(blocks), 0) - (select count(*) from solana.blocks), "
    "(select count(*) from solana.blocks b where b.transaction_count - b.vote_count <> "
    " (select count(*) from solana.transactions t where t.slot = b.slot)) "
    "from indexer.segments";

class Interruption : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        start_node(
            {"--first-slot", "1000", "--slots", "650", "--seed", "11", "--transactions", "40"});
        migrate();
    }
    std::vector<std::string> const range_{
        "backfill", "--from-slot",      "1000", "--to-slot",     "1599",
        "--quiet",  "--flush-interval", "5ms",  "--concurrency", "4"};
};

TEST_F(Interruption, KilledAtRandomMomentsItEndsAsIfItNeverWas) {
    ASSERT_EQ(indexer(range_).exit_code, 0);
    auto const expected = table(kEveryRow) + table(kEveryBlock);
    run_sql("truncate solana.blocks, solana.transactions, indexer.segments");

    std::mt19937 random(3);
    int killed = 0;
    for (int life = 0; killed < 20 && life < 200; ++life) {
        auto const running = start_indexer(range_);
        std::this_thread::sleep_for(std::chrono::milliseconds(random() % 150));
        running->signal(SIGKILL);
        if (running->wait().exit_code == 128 + SIGKILL) ++killed;
        EXPECT_EQ(table(kClaims), "0\t0\n") << "after life " << life;
        if (table("select blocks + skipped >= 600 from indexer.segments") == "t\n") {
            run_sql("truncate solana.blocks, solana.transactions, indexer.segments");
        }
    }
    EXPECT_EQ(killed, 20);
    ASSERT_EQ(indexer(range_).exit_code, 0);
    EXPECT_EQ(table(kEveryRow) + table(kEveryBlock), expected);
    EXPECT_EQ(table("select count(*) from indexer.segments"), "1\n");
}

}  // namespace
}  // namespace indexer::test
