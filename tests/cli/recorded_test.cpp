#include <gtest/gtest.h>

#include "tests/support/shared_data.hpp"
#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

// Whole mainnet blocks, from a node that serves their recorded answers into the database.
class Recorded : public World {
  protected:
    void SetUp() override {
        INDEXER_REQUIRE_SHARED_DATA();
        World::SetUp();
        if (IsSkipped()) return;
        start_node({"--recorded", shared_data() / "solana/blocks"});
        migrate();
    }

    // Transactions, failed ones, votes, parent, and whether the times are unknown.
    std::string copy(std::string const& slot) {
        auto const done = indexer({"backfill", "--from-slot", slot, "--to-slot", slot});
        EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
        return table(
            "select transaction_count, failed_count, vote_count, parent_slot, "
            "block_time is null from solana.blocks where slot = " +
            slot);
    }
};

TEST_F(Recorded, BlocksOfEveryAge) {
    EXPECT_EQ(copy("18144001"), "89\t4\t89\t18144000\tt\n");
    EXPECT_EQ(copy("64800004"), "11\t5\t0\t64799999\tf\n");
    EXPECT_EQ(copy("254170887"), "602\t305\t158\t254170886\tf\n");
    EXPECT_EQ(copy("332254855"), "1445\t262\t1085\t332254854\tf\n");
}

TEST_F(Recorded, AParentFurtherBackProvesTheSlotsBetweenSkipped) {
    auto const done = indexer({"backfill", "--from-slot", "64800000", "--to-slot", "64800004"});
    EXPECT_EQ(done.exit_code, 0) << done.err;
    EXPECT_EQ(table("select first_seq, last_seq, skipped from indexer.segments"),
              "64800000\t64800004\t4\n");
}

TEST_F(Recorded, AVersionOneTransaction) {
    copy("449391489");
    EXPECT_EQ(table("select version, success, err, fee, signature from solana.transactions"),
              "1\tf\t{\"InstructionError\": [0, {\"Custom\": 2}]}\t5003\t"
              "MuiQSVoHuB94adeqQvrFqeaQFJFTYo6EGc696KWuUHMKGyzcvqvnuCRhvf55ZWSBKsjWoZQFPCpaZTFbu"
              "hKrgyE\n");
}

TEST_F(Recorded, AVersionThatWasNotAskedForIsAFaultOfTheConfiguration) {
    auto const done = indexer({"backfill", "--from-slot", "449391489", "--to-slot", "449391489",
                               "--max-transaction-version", "0"});
    EXPECT_EQ(done.exit_code, 7) << done.err;
    EXPECT_NE(done.err.find("--max-transaction-version"), std::string::npos) << done.err;
}

}  // namespace
}  // namespace indexer::test
