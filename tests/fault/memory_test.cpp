#include <gtest/gtest.h>

#include "tests/world/bomb_node.hpp"
#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

constexpr std::size_t kMiB = 1U << 20U;
constexpr std::size_t kBudget = 256 * kMiB;
// The program itself, before it has any work.
constexpr std::size_t kProgram = 64 * kMiB;

// Slots 1000 to 1199, many asked for at once.
class Memory : public World {
  protected:
    void SetUp() override {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        GTEST_SKIP() << "a sanitizer takes memory of its own";
#endif
        World::SetUp();
        if (IsSkipped()) return;
        start_node({"--first-slot", "1000", "--slots", "230", "--seed", "7", "--skip-rate", "0",
                    "--transactions", "4"});
        migrate();
    }

    Finished backfill(std::string const& url) {
        return indexer({"backfill", "--rpc-url", url, "--from-slot", "1000", "--to-slot", "1199",
                        "--max-memory", "256MiB", "--concurrency", "40", "--max-attempts", "2",
                        "--backoff", "1ms", "--breaker-failures", "1000", "--quiet"});
    }
};

// Of the slots 1010 to 1019 are bombs.
class Bombs : public Memory, public ::testing::WithParamInterface<char const*> {};

TEST_P(Bombs, TakeNoMoreThanTheBudget) {
    BombNode const hostile(node_->url(), 1010, 1019, bomb(GetParam()));
    auto const copied = backfill(hostile.url());
    // Names that nobody reads do no harm where there is room for them.
    bool const may_pass = std::string(GetParam()) == "names" && copied.exit_code == 0;
    EXPECT_TRUE(may_pass || copied.exit_code == 3) << copied.out << copied.err;
    EXPECT_LE(copied.peak_memory, kBudget + kProgram) << copied.peak_memory / kMiB << " MiB";
    EXPECT_EQ(table("select count(*) from solana.blocks where slot not between 1010 and 1019"),
              "190\n");
}

INSTANTIATE_TEST_SUITE_P(Each, Bombs,
                         ::testing::Values("gzip", "gzip_promise", "body", "trailers", "headers",
                                           "header", "interim", "zeros", "hash", "names"),
                         [](auto const& test) { return std::string(test.param); });

// What is honest is never refused for being a lot at once, but waited with.
TEST_F(Memory, WithLittleOfItEverythingComes) {
    auto const copied = indexer({"backfill", "--from-slot", "1000", "--to-slot", "1199",
                                 "--max-memory", "64MiB", "--concurrency", "200", "--quiet"});
    EXPECT_EQ(copied.exit_code, 0) << copied.out << copied.err;
    EXPECT_EQ(table("select count(*) from solana.blocks"), "200\n");
}

TEST_F(Memory, AnAnswerThatCanNeverFitNamesTheOption) {
    BombNode const hostile(node_->url(), 1010, 1010, bomb("gzip"));
    auto const copied = backfill(hostile.url());
    EXPECT_EQ(copied.exit_code, 3) << copied.out << copied.err;
    EXPECT_NE(table("select error from indexer.holes").find("--max-memory"), std::string::npos);
}

TEST_F(Memory, ABlockOfBadTransactionsIsNotAMillionDeadLetters) {
    BombNode const hostile(node_->url(), 1010, 1010, bomb("zeros"));
    EXPECT_EQ(backfill(hostile.url()).exit_code, 3);
    EXPECT_EQ(table("select count(*), min(path) from indexer.dead_letters where seq = 1010"),
              "1\t\n");
}

TEST_F(Memory, TooLittleIsRefused) {
    auto const refused =
        indexer({"backfill", "--from-slot", "1000", "--to-slot", "1001", "--max-memory", "10MiB"});
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_NE(refused.err.find("--max-memory"), std::string::npos) << refused.err;
}

}  // namespace
}  // namespace indexer::test
