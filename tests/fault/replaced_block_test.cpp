#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/fault/fault_table.hpp"
#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

// As if the last two blocks stored were of a fork that the cluster dropped, one with a transaction
// that the chain does not have.
constexpr auto kFork =
    "with fork as (select slot, lag(slot) over (order by slot) as before from ("
    "    select slot from solana.blocks order by slot desc limit 2) as last),"
    "noted as (update indexer.blocks set hash = 'fork' || seq,"
    "    parent_hash = coalesce('fork' || before, parent_hash) from fork where seq = slot),"
    "stored as (update solana.blocks as block set blockhash = 'fork' || block.slot,"
    "    previous_blockhash = coalesce('fork' || before, previous_blockhash)"
    "    from fork where block.slot = fork.slot),"
    "stale as (update solana.transactions as t set transaction_index = 9999"
    "    where (slot, transaction_index) = (select slot, max(transaction_index)"
    "    from solana.transactions group by slot order by slot desc limit 1))"
    "update indexer.segments set right_hash = 'fork' || right_seq";

class ReplacedBlock : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        migrate();
        start(kWhole);
        ASSERT_EQ(poll("confirmed").exit_code, 0);
        expected_ = rows_of(database_->url());
        database_.reset();
        database_.emplace();
        migrate();
        start("1149");
        ASSERT_EQ(poll("confirmed").exit_code, 0);
        run_sql(kFork);
        start(kWhole);
    }

    void start(std::string const& tip) {
        start_node({"--first-slot", "1000", "--slots", "230", "--seed", "7", "--transactions", "8",
                    "--tip", tip});
    }
    Finished poll(std::string const& commitment) {
        return indexer({"poll", "--from-slot", "1000", "--until-caught-up", "--commitment",
                        commitment, "--interval", "10ms"});
    }

    static constexpr auto kWhole = "1229";
    std::vector<std::string> expected_;
};

TEST_F(ReplacedBlock, IsTakenBackWhileBlocksAreNotFinal) {
    auto const done = poll("confirmed");
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(done.out.find("quarantined"), std::string::npos) << done.out;
    EXPECT_EQ(rows_of(database_->url()), expected_);
    EXPECT_EQ(table("select count(*) from indexer.segments"), "1\n");
    EXPECT_EQ(table("select count(*) from indexer.holes"), "0\n");
    auto const proven = indexer({"verify", "--deep"});
    EXPECT_EQ(proven.exit_code, 0) << proven.out << proven.err;
}

// What was final cannot be replaced: one of the two is wrong, and one endpoint does not decide.
TEST_F(ReplacedBlock, StaysAHoleWhereBlocksAreFinal) {
    auto const done = poll("finalized");
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    EXPECT_NE(table("select count(*) from indexer.holes where reason = 'contradiction'"), "0\n");
    EXPECT_EQ(table("select count(*) from solana.blocks where blockhash like 'fork%'"), "2\n");
}

}  // namespace
}  // namespace indexer::test
