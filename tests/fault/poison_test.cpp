#include <gtest/gtest.h>

#include "tests/places.hpp"
#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

// A thousand blocks, of which INDEXER_UNTAUGHT does not understand 1500; the program itself does.
class Poison : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        start_node({"--first-slot", "1000", "--slots", "1030", "--seed", "7", "--skip-rate", "0",
                    "--transactions", "4"});
        migrate();
    }

    Finished backfill() {
        return indexer({"backfill", "--from-slot", "1000", "--to-slot", "1999", "--quiet"});
    }
};

TEST_F(Poison, OneBlockAmongAThousandIsKeptWholeUntilTheDecoderIsTaught) {
    program_ = INDEXER_UNTAUGHT;
    auto const copied = backfill();
    EXPECT_EQ(copied.exit_code, 3) << copied.out << copied.err;
    EXPECT_NE(copied.out.find("missing: 1 seq in 1 gap: 1500\n"), std::string::npos) << copied.out;
    EXPECT_NE(copied.out.find("dead letters: 1, "), std::string::npos) << copied.out;
    EXPECT_EQ(table("select count(*) from solana.blocks where slot between 1000 and 1999"),
              "999\n");
    EXPECT_EQ(table("select seq, path, stage, error from indexer.dead_letters"),
              "1500\t\tdecode\tsolana: a block of a kind that is not known yet\n");
    // The bytes are the block's: the one behind it names its hash.
    EXPECT_EQ(table("select position(previous_blockhash in convert_from(raw, 'UTF8')) > 0 "
                    "from indexer.dead_letters, solana.blocks where slot = 1501"),
              "t\n");
    EXPECT_EQ(indexer({"verify"}).exit_code, 3);
    auto const gaps = indexer({"gaps"});
    EXPECT_EQ(gaps.exit_code, 3);
    EXPECT_NE(gaps.out.find("1500  1     undecodable"), std::string::npos) << gaps.out;

    auto const in_vain = indexer({"dead-letters", "retry"});
    EXPECT_EQ(in_vain.exit_code, 3) << in_vain.out << in_vain.err;
    EXPECT_NE(in_vain.out.find("retried 1 dead letter, 1 remain"), std::string::npos)
        << in_vain.out;

    program_ = INDEXER_PROGRAM;
    auto const calls = node_->calls("getBlock");
    auto const retried = indexer({"dead-letters", "retry"});
    EXPECT_EQ(retried.exit_code, 0) << retried.out << retried.err;
    EXPECT_EQ(node_->calls("getBlock"), calls + 1);  // to know the chain again
    EXPECT_EQ(table("select count(*) from solana.blocks where slot between 1000 and 1999"),
              "1000\n");
    EXPECT_EQ(table("select count(*), sum(blocks) from indexer.segments"), "1\t1000\n");
    EXPECT_EQ(indexer({"verify", "--deep"}).exit_code, 0);
    EXPECT_EQ(backfill().exit_code, 0);
}

}  // namespace
}  // namespace indexer::test
