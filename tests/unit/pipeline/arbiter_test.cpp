#include "pipeline/arbiter.hpp"

#include <map>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/endpoints_source.hpp"

namespace indexer::pipeline {
namespace {

using base::Seq;

model::Block block(std::uint64_t seq, std::string const& fork, std::string const& endpoint = {}) {
    model::Block block;
    block.link = {Seq(seq), fork + std::to_string(seq)};
    block.parent = {Seq(seq - 1), fork + std::to_string(seq - 1)};
    block.endpoint = endpoint;
    return block;
}

class ArbiterTest : public ::testing::Test {
  protected:
    // Endpoints that each serve a fork of the same chain; who has none says nothing.
    void serve(std::map<std::string, std::string> const& forks) {
        source_.serving.clear();
        for (auto const& [endpoint, fork] : forks) {
            auto& serving = source_.serving[endpoint];
            if (fork.empty()) continue;
            serving = [prefix = fork](Seq seq) { return block(seq.value(), prefix); };
        }
    }
    bool hears(std::uint64_t seq, std::string const& endpoint, std::string const& fork) {
        return arbiter_.believes({block(seq, fork, endpoint)}, arbiter_.now(), {});
    }
    static store::Neighbour stored(std::uint64_t seq, std::uint64_t blocks) {
        auto const known = block(seq, "a");
        return {known.link, known.parent, {}, base::SeqRange::inclusive(Seq(1), Seq(seq)), blocks};
    }
    static Claim refused(std::string const& endpoint) {
        auto const known = block(5, "b");
        return {known.link, known.parent, {}, endpoint};
    }

    test::EndpointsSource source_;
    Arbiter arbiter_{source_};
};

TEST_F(ArbiterTest, AsksNobodyWhileAllLinks) {
    for (std::uint64_t const seq : {5U, 3U, 4U, 9U}) EXPECT_TRUE(hears(seq, "one", "a"));
    EXPECT_EQ(source_.asked, 0);
    EXPECT_TRUE(arbiter_.take_disowned().empty());
}

TEST_F(ArbiterTest, QuarantinesWhomTheOthersContradictAndDisownsWhatItServed) {
    serve({{"one", "a"}, {"two", "a"}, {"liar", "b"}});
    EXPECT_TRUE(hears(2, "liar", "b"));
    EXPECT_TRUE(hears(4, "one", "a"));
    EXPECT_TRUE(hears(7, "liar", "b"));
    EXPECT_FALSE(hears(5, "liar", "b"));
    EXPECT_EQ(source_.quarantined, std::vector<std::string>{"liar"});
    EXPECT_EQ(arbiter_.take_disowned(),
              (Ranges{base::SeqRange::single(Seq(2)), base::SeqRange::single(Seq(5)),
                      base::SeqRange::single(Seq(7))}));
    ASSERT_EQ(arbiter_.quarantined().size(), 1U);
    EXPECT_EQ(arbiter_.quarantined().front().endpoint, "liar");
    EXPECT_EQ(arbiter_.quarantined().front().reason,
              "its block 5 is b5, which one and two contradict");
}

TEST_F(ArbiterTest, KeepsTheHonestBlockThatComesAfterALie) {
    serve({{"one", "a"}, {"two", "a"}, {"liar", "b"}});
    EXPECT_TRUE(hears(5, "liar", "b"));
    EXPECT_TRUE(hears(4, "one", "a"));
    EXPECT_EQ(arbiter_.take_disowned(), Ranges{base::SeqRange::single(Seq(5))});
}

TEST_F(ArbiterTest, DropsWhatWasUnderWayFromWhomItQuarantined) {
    serve({{"one", "a"}, {"two", "a"}, {"liar", "b"}});
    auto const before = arbiter_.now();
    EXPECT_TRUE(hears(4, "one", "a"));
    EXPECT_FALSE(hears(5, "liar", "b"));
    EXPECT_FALSE(arbiter_.believes({block(90, "b", "liar")}, before, {}));
    EXPECT_TRUE(arbiter_.believes({block(91, "a", "one")}, before, {}));
}

TEST_F(ArbiterTest, ATieAccusesNobodyAndIsNotAskedForAgainAndAgain) {
    serve({{"one", "a"}, {"other", "b"}});
    for (std::uint64_t seq = 10; seq < 200; ++seq) {
        EXPECT_TRUE(hears(seq, seq % 2 == 0 ? "one" : "other", seq % 2 == 0 ? "a" : "b"));
    }
    EXPECT_TRUE(source_.quarantined.empty());
    EXPECT_TRUE(arbiter_.take_disowned().empty());
    EXPECT_LE(source_.asked, 2 * 8);
}

TEST_F(ArbiterTest, WhoSaysNothingNowStandsByWhatItServed) {
    serve({{"one", "a"}, {"dead", ""}, {"liar", "b"}});
    EXPECT_TRUE(hears(4, "dead", "a"));
    EXPECT_FALSE(hears(5, "liar", "b"));
    EXPECT_EQ(source_.quarantined, std::vector<std::string>{"liar"});
}

TEST_F(ArbiterTest, WhoServesAnotherBlockByNowIsNoLiar) {
    serve({{"one", "a"}});
    EXPECT_TRUE(hears(4, "one", "b"));
    EXPECT_TRUE(hears(5, "one", "a"));
    EXPECT_TRUE(source_.quarantined.empty());
    EXPECT_EQ(arbiter_.take_disowned(), Ranges{base::SeqRange::single(Seq(4))});
}

TEST_F(ArbiterTest, ALongStoredHistoryCountsAsOneMore) {
    serve({{"one", "a"}, {"liar", "b"}});
    EXPECT_TRUE(hears(5, "liar", "b"));
    EXPECT_TRUE(arbiter_.settle({stored(4, 200)}, refused("liar"), false, {}));
    EXPECT_EQ(source_.quarantined, std::vector<std::string>{"liar"});
    EXPECT_EQ(arbiter_.take_disowned(), Ranges{base::SeqRange::single(Seq(5))});
}

TEST_F(ArbiterTest, SoDoesOneThatGoesOnWithTheRefusedBlock) {
    serve({{"one", "a"}, {"liar", "b"}});
    EXPECT_TRUE(hears(6, "liar", "b"));
    store::Neighbour const above{
        block(6, "b").link, block(6, "b").parent, {}, base::SeqRange::single(Seq(6)), 1};
    Claim const honest{block(5, "a").link, block(5, "a").parent, {}, "one"};
    EXPECT_TRUE(arbiter_.settle({stored(4, 200), above}, honest, false, {}));
    EXPECT_EQ(source_.quarantined, std::vector<std::string>{"liar"});
    EXPECT_EQ(arbiter_.take_disowned(), Ranges{base::SeqRange::single(Seq(6))});
}

TEST_F(ArbiterTest, AHistoryThatOneEndpointAloneServedDoesNot) {
    serve({{"one", "b"}, {"liar", "a"}});
    for (std::uint64_t seq = 1; seq < 5; ++seq) EXPECT_TRUE(hears(seq, "liar", "a"));
    EXPECT_FALSE(arbiter_.settle({stored(4, 103)}, refused("one"), false, {}));
}

TEST_F(ArbiterTest, OneEndpointDoesNotRefuteAHistory) {
    serve({{"one", "b"}});
    EXPECT_TRUE(arbiter_.settle({stored(4, 200)}, refused("one"), false, {}));
    EXPECT_TRUE(arbiter_.take_disowned().empty());
}

TEST_F(ArbiterTest, ItDoesWhileTheStoredBlockMayBeReplaced) {
    serve({{"one", "b"}});
    EXPECT_TRUE(arbiter_.settle({stored(4, 200)}, refused("one"), true, {}));
    EXPECT_EQ(arbiter_.take_disowned(), Ranges{base::SeqRange::single(Seq(4))});
    EXPECT_TRUE(source_.quarantined.empty());
}

}  // namespace
}  // namespace indexer::pipeline
