#include <csignal>
#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/world/world.hpp"

// Failures that belong to a slot, not to the endpoint.
namespace indexer::test {
namespace {

class BadSeq : public World {
  protected:
    void SetUp() override {
        World::SetUp();
        if (!IsSkipped()) migrate();
    }
    void serve(std::vector<std::string> const& faults, std::vector<std::string> const& more = {}) {
        std::vector<std::string> arguments{"--first-slot", "1000", "--slots",        "80",
                                           "--skip-rate",  "0",    "--transactions", "2"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        for (auto const& fault : faults) arguments.insert(arguments.end(), {"--fault", fault});
        start_node(arguments);
    }
    Finished backfill() {
        return indexer({"backfill", "--from-slot", "1000", "--to-slot", "1059"});
    }
};

// With the default options: an open breaker would mean a minute of waiting.
TEST_F(BadSeq, ThreeOfSixtyAreHolesAndTheRestIsStored) {
    serve({"internal:slots=1020", "internal:slots=1033", "internal:slots=1047"});
    auto const done = backfill();
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    EXPECT_NE(done.out.find("missing: 3 seqs in 3 gaps: 1020 1033 1047\n"), std::string::npos)
        << done.out;
    EXPECT_EQ(done.err.find("circuit breaker"), std::string::npos) << done.err;
    EXPECT_EQ(table("select string_agg(seq::text, ' ' order by seq) from indexer.holes"),
              "1020 1033 1047\n");
    EXPECT_EQ(table("select count(*) from solana.blocks"), "57\n");
    // 57 blocks, three slots that are tried twice with six attempts each, and now and then a block
    // to see whether the node works.
    EXPECT_LT(node_->calls("getBlock"), 57U + 36U + 15U);
}

// More than the run is patient with, had they to do with the endpoint.
TEST_F(BadSeq, ThirtyInARowDoNotEndTheRun) {
    serve({"internal:slots=1015-1044"});
    auto const done = backfill();
    EXPECT_EQ(done.exit_code, 3) << done.out << done.err;
    EXPECT_NE(done.out.find("missing: 30 seqs in 1 gap: 1015-1044\n"), std::string::npos)
        << done.out;
    EXPECT_EQ(done.err.find("circuit breaker"), std::string::npos) << done.err;
    EXPECT_EQ(table("select count(*) from solana.blocks"), "30\n");
}

// Its answer never comes, and with the default number of attempts and this timeout it takes half a
// minute until it is a hole. What the tip brings meanwhile is stored meanwhile.
TEST_F(BadSeq, PollGoesOnPastOneWhileItIsTried) {
    serve({"hang:slots=1020,method=getBlock"}, {"--tip", "1019"});
    auto const running =
        start_indexer({"poll", "--from-slot", "1000", "--interval", "20ms", "--timeout", "5s"});
    auto const until_stored = [&](std::string const& slot) {
        while (table("select count(*) from solana.blocks where slot = " + slot) != "1\n") {
        }
    };
    until_stored("1019");
    for (unsigned const tip : {1021U, 1022U, 1040U, 1059U}) {
        node_->set_tip(tip);
        until_stored(std::to_string(tip));
    }
    EXPECT_EQ(table("select count(*) from indexer.holes"), "0\n") << "it is still tried";
    running->signal(SIGTERM);
    auto const done = running->wait();
    EXPECT_EQ(done.exit_code, 75) << done.out << done.err;
    EXPECT_NE(done.out.find("missing: 1 seq in 1 gap: 1020\n"), std::string::npos) << done.out;
}

}  // namespace
}  // namespace indexer::test
