#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/fault/fault_table.hpp"
#include "tests/world/world.hpp"

// What a block says about others is evidence, and no order: what is stored and proven stays until
// something better proven is there, and nothing is called empty because one block says so.
namespace indexer::test {
namespace {

class Claims : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (IsSkipped()) return;
        migrate();
        start_node(node());
        ASSERT_EQ(backfill("1000", "1160").exit_code, 0);
        expected_ = rows_of(database_->url());
        database_.reset();
        database_.emplace();
        migrate();
    }

    static std::vector<std::string> node(std::vector<std::string> const& more = {}) {
        std::vector<std::string> arguments{"--first-slot",   "1000", "--slots", "200",
                                           "--transactions", "6",    "--seed",  "7"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return arguments;
    }
    Finished backfill(std::string const& first, std::string const& last,
                      std::vector<std::string> const& more = {}) {
        std::vector<std::string> arguments{"backfill", "--from-slot",   first,  "--to-slot",
                                           last,       "--concurrency", "4",    "--backoff",
                                           "20ms",     "--max-backoff", "100ms"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return indexer(arguments);
    }
    // A slot that has a block, whose parent is the slot before it.
    std::string some_block(std::string const& from) {
        return query_cell(database_->url(), "select min(seq) from indexer.blocks where seq > " +
                                                from + " and parent_seq = seq - 1");
    }
    void expect_proven() {
        EXPECT_EQ(rows_of(database_->url()), expected_);
        EXPECT_EQ(indexer({"gaps"}).exit_code, 0);
        auto const proven = indexer({"verify", "--deep"});
        EXPECT_EQ(proven.exit_code, 0) << proven.out << proven.err;
        EXPECT_EQ(table("select count(*) from indexer.segments"), "1\n");
    }

    std::vector<std::string> expected_;
};

// The first answer names a parent within what is stored and proven; the second is right.
TEST_F(Claims, OneWrongParentTakesNothingAwayThatIsStored) {
    ASSERT_EQ(backfill("1000", "1100").exit_code, 0);
    auto const before = table("select seq, hash from indexer.blocks order by seq");
    start_node(node(
        {"--first-available", "1095", "--fault", "wrong-parent:slots=1125-1135,each=1,slot=1010"}));
    auto const done = backfill("1101", "1160", {"--output", "json"});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    auto const after = table("select seq, hash from indexer.blocks where seq <= 1100 order by seq");
    EXPECT_EQ(after, before);
    expect_proven();
}

TEST_F(Claims, SoWithPollAndParentZero) {
    ASSERT_EQ(backfill("1000", "1100").exit_code, 0);
    start_node(node({"--first-available", "1095", "--tip", "1160", "--fault",
                     "wrong-parent:slots=1125-1135,each=1"}));
    auto const done = indexer({"poll", "--until-caught-up", "--interval", "10ms"});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    expect_proven();
}

TEST_F(Claims, OfThreeEndpointsTheOneThatLiesTakesNoGoodBlockWithIt) {
    ASSERT_EQ(backfill("1000", "1060").exit_code, 0);
    auto const before = table("select seq, hash from indexer.blocks order by seq");
    Simulator const one(node({"--latency", "3ms"}));
    Simulator const other(node({"--latency", "3ms"}));
    Simulator const liar(
        node({"--latency", "3ms", "--fault", "wrong-parent:slots=1090-1140,slot=1005"}));
    auto const done =
        backfill("1061", "1160",
                 {"--rpc-url", one.url(), "--rpc-url", other.url(), "--rpc-url", liar.url()});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(table("select seq, hash from indexer.blocks where seq <= 1060 order by seq"), before);
    expect_proven();
}

// It always lies: nothing false is called complete, and whoever looks says so.
TEST_F(Claims, AParentFarBelowIsANamedHoleThatAnHonestNodeMends) {
    for (auto const* const command : {"repair", "backfill"}) {
        start_node(node({"--fault", "wrong-parent:slots=1029-1031"}));
        auto const done = backfill("1000", "1160");
        EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
        EXPECT_EQ(indexer({"gaps"}).exit_code, 3);
        EXPECT_EQ(indexer({"verify"}).exit_code, 3);
        EXPECT_EQ(table("select count(*) > 0 from indexer.holes where reason = 'contradiction'"),
                  "t\n");
        start_node(node());
        auto const mended = command == std::string("repair") ? indexer({"repair", "--now"})
                                                             : backfill("1000", "1160");
        EXPECT_EQ(mended.exit_code, 0) << command << mended.out << mended.err;
        expect_proven();
        database_.reset();
        database_.emplace();
        migrate();
    }
}

// What --force cannot fetch again stays, and is told of.
TEST_F(Claims, ForceGivesUpNothingThatIsNotServedAgain) {
    start_node(node());
    ASSERT_EQ(backfill("1000", "1160").exit_code, 0);
    start_node(node({"--fault", "skip-lie:slots=1040-1060"}));
    auto const done = backfill("1000", "1160", {"--force"});
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    EXPECT_NE(done.out.find("not replaced: "), std::string::npos) << done.out;
    expect_proven();
}

// As an older program left it: a run swallowed by a block whose parent is far below.
TEST_F(Claims, AFalseSegmentOfAnOlderProgramIsFoundAndMended) {
    start_node(node());
    ASSERT_EQ(backfill("1000", "1160").exit_code, 0);
    auto const block = some_block("1029");
    run_sql("update indexer.blocks set parent_seq = 0 where seq = " + block +
            "; update solana.blocks set parent_slot = 0 where slot = " + block +
            "; update indexer.segments set first_seq = 1, left_seq = 0, "
            "left_hash = (select parent_hash from indexer.blocks where seq = " +
            block + "), blocks = blocks - 20");
    EXPECT_EQ(indexer({"verify"}).exit_code, 3);
    auto const done = indexer({"repair", "--now"});
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    expect_proven();
}

// A number that changes, changes in its segment as well.
TEST_F(Claims, TheSumOfASegmentFollowsItsBlocks) {
    start_node(node());
    ASSERT_EQ(backfill("1000", "1160").exit_code, 0);
    auto const block = some_block("1029");
    run_sql("update indexer.blocks set transactions = transactions - 1 where seq = " + block +
            "; update solana.blocks set transaction_count = transaction_count - 1 where slot = " +
            block + "; update indexer.segments set transactions = transactions - 1");
    EXPECT_EQ(indexer({"reindex", "--from-slot", block, "--to-slot", block}).exit_code, 0);
    expect_proven();
}

}  // namespace
}  // namespace indexer::test
