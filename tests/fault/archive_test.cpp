#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/world/stellar_world.hpp"

// What a node says of itself is a hint; and archives lack methods.
namespace indexer::test {
namespace {

class Archive : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (!IsSkipped()) migrate();
    }
    void serve(std::vector<std::string> const& faults) {
        std::vector<std::string> arguments{"--first-slot", "1000", "--slots",        "120",
                                           "--seed",       "5",    "--transactions", "2"};
        for (auto const& fault : faults) arguments.insert(arguments.end(), {"--fault", fault});
        start_node(arguments);
    }
    Finished backfill(std::string const& last, std::vector<std::string> const& more = {}) {
        std::vector<std::string> arguments{"backfill", "--from-slot", "1000", "--to-slot", last};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return indexer(arguments);
    }
    std::string proven() const {
        return table(
            "select count(*), min(first_seq) <= 1000, max(last_seq) from indexer.segments");
    }
    std::string blocks() const { return table("select count(*) from solana.blocks"); }
};

TEST_F(Archive, WhoseFirstBlockIsToldTooHighIsAskedForTheFirstOne) {
    serve({"first-told:as=1110"});
    auto const done = backfill("1059");
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_NE(done.err.find("tells 1110 as its first block, but serves 1000"), std::string::npos)
        << done.err;
    run_sql("select indexer.uncover('solana', content, 1020, 1030) from indexer.contents");
    auto const repaired = indexer({"repair"});
    EXPECT_EQ(repaired.exit_code, 0) << repaired.out << repaired.err;
    EXPECT_EQ(proven(), "1\tt\t1059\n");
}

TEST_F(Archive, WhoseFirstBlockIsHighIsBelievedWhereItServesNoneBefore) {
    serve({"first-told:as=1110", "skip-lie:slots=1000-1109"});
    auto const done = backfill("1059");
    EXPECT_EQ(done.exit_code, 6) << done.out << done.err;
    EXPECT_NE(done.err.find("1000 is missing, but the endpoint's first block is 1110"),
              std::string::npos)
        << done.err;
}

std::vector<std::string> const kOldFaithful{"no-method:method=getBlocks",
                                            "no-method:method=getGenesisHash",
                                            "no-method:method=getFirstAvailableBlock"};

TEST_F(Archive, WithoutListsIsAskedSlotBySlot) {
    serve({});
    ASSERT_EQ(backfill("1109").exit_code, 0);
    auto const expected = blocks();
    auto const segment = proven();
    auto const network = table("select network from indexer.networks").substr(0, 44);
    database_.reset();
    database_.emplace();
    migrate();

    serve(kOldFaithful);
    auto const unknown = backfill("1059");
    EXPECT_EQ(unknown.exit_code, 2) << unknown.out << unknown.err;
    EXPECT_NE(unknown.err.find("say so by --network"), std::string::npos) << unknown.err;
    auto const named = backfill("1059", {"--network", network});
    EXPECT_EQ(named.exit_code, 0) << named.out << named.err;
    EXPECT_NE(named.err.find("no endpoint lists blocks (getBlocks)"), std::string::npos);
    // From now on the network is the one stored.
    auto const rest = backfill("1109");
    EXPECT_EQ(rest.exit_code, 0) << rest.out << rest.err;
    EXPECT_EQ(blocks(), expected);
    EXPECT_EQ(proven(), segment);
    EXPECT_EQ(indexer({"endpoints"}).exit_code, 0);
}

TEST_F(Archive, ThatServesAnotherNetworkThanNamedIsRefused) {
    serve({});
    auto const done = backfill("1059", {"--network", "another"});
    EXPECT_EQ(done.exit_code, 2) << done.out << done.err;
    EXPECT_NE(done.err.find("--network: it is another, but the endpoints serve "),
              std::string::npos)
        << done.err;
}

// The block behind the range would prove its end; the run ends with its report without it.
TEST_F(Archive, ThatRefusesTheBlockBehindTheRangeEndsWithAReport) {
    serve({"skip-lie:slots=1058-1059", "403:slots=1060-1119,method=getBlock"});
    auto const done = backfill("1059");
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    EXPECT_NE(done.out.find("not complete\n"), std::string::npos) << done.out;
    EXPECT_NE(done.err.find("HTTP 403"), std::string::npos) << done.err;
}

// What the database refuses is fetched once more, to keep it.
TEST_F(Archive, ThatServesARefusedBlockOnlyOnceEndsWithAReport) {
    serve({"403:slots=1030,from=1,method=getBlock"});
    run_sql("alter table solana.blocks add constraint poison check (slot <> 1030)");
    auto const done = backfill("1059");
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    EXPECT_NE(done.out.find("missing: 1 seq in 1 gap: 1030\n"), std::string::npos) << done.out;
}

class StellarArchive : public StellarWorld {};

TEST_F(StellarArchive, WithALakeBehindItIsAskedForWhatItSaysItHasNot) {
    start_stellar_node({"--fault", "oldest-told:as=1290"});
    auto const done = backfill("1000", "1100");
    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_EQ(proven(), "1\t1000\t1100\n");
}

}  // namespace
}  // namespace indexer::test
