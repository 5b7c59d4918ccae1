#include "pipeline/second_opinion.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "tests/support/endpoints_source.hpp"

namespace indexer::pipeline {
namespace {

using base::Seq;

constexpr base::SeqRange kPart{Seq(7), Seq(8)};

// A block as an endpoint serves it: its transactions, and how many of them are dead letters.
model::Block block(std::string const& endpoint, std::uint64_t transactions, unsigned letters,
                   std::string const& hash = "hash") {
    model::Block block;
    block.link = {Seq(7), hash};
    block.parent = {Seq(6), "before"};
    block.transactions = transactions;
    block.endpoint = endpoint;
    model::DeadLetter const letter{Seq(7), "transactions[3]", "decode", "no meta", "{}"};
    block.dead_letters.assign(letters, letter);
    return block;
}

class SecondOpinionTest : public ::testing::Test {
  protected:
    // Who serves the block that is taken, where "a" served it first.
    std::string taken(std::vector<model::Block> const& serving) {
        source_.serving.clear();
        for (model::Block const& block : serving) {
            source_.serving[block.endpoint] = [block](base::Seq /*seq*/) {
                if (!block.link.hash.empty()) return block;
                throw base::Error(base::Fault::not_understood, base::Recovery::never, "odd block");
            };
        }
        return opinion_.on(kPart, {serving.front()}, {}).front().endpoint;
    }

    test::EndpointsSource source_;
    Arbiter arbiter_{source_};
    SecondOpinion opinion_{source_, arbiter_};
};

TEST_F(SecondOpinionTest, IsTakenOfWhoLeavesNothingInDoubt) {
    EXPECT_EQ(taken({block("a", 10, 2), block("b", 10, 1), block("c", 10, 0)}), "c");
}

TEST_F(SecondOpinionTest, IsTakenOfWhoLeavesLessInDoubt) {
    EXPECT_EQ(taken({block("a", 10, 2), block("b", 10, 3), block("c", 10, 1)}), "c");
}

TEST_F(SecondOpinionTest, IsNotTakenOfWhoServesAnotherBlock) {
    EXPECT_EQ(taken({block("a", 10, 2), block("b", 10, 0, "other")}), "a");
}

TEST_F(SecondOpinionTest, IsNotTakenOfWhoLeavesSoundTransactionsOut) {
    EXPECT_EQ(taken({block("a", 10, 2), block("b", 7, 0)}), "a");
}

TEST_F(SecondOpinionTest, IsNotTakenOfWhoCannotBeUnderstood) {
    EXPECT_EQ(taken({block("a", 10, 2), block("b", 10, 0, "")}), "a");
}

TEST_F(SecondOpinionTest, IsAskedForEverMoreSeldomWhereItDoesNotHelp) {
    for (int n = 0; n < 1'000; ++n) {
        EXPECT_EQ(taken({block("a", 10, 2), block("b", 10, 2)}), "a");
    }
    EXPECT_LT(source_.asked, 12);
}

TEST_F(SecondOpinionTest, IsAlwaysAskedForWhereItHelps) {
    for (int n = 0; n < 5; ++n) {
        EXPECT_EQ(taken({block("a", 10, 2), block("b", 10, 0)}), "b");
    }
    EXPECT_EQ(source_.asked, 5);
}

TEST_F(SecondOpinionTest, LeavesAloneWhoIsOutdoneAgainAndAgain) {
    for (int n = 0; n < 2; ++n) (void)taken({block("a", 10, 2), block("b", 10, 0)});
    EXPECT_TRUE(source_.quarantined.empty());
    (void)taken({block("a", 10, 2), block("b", 10, 0)});
    EXPECT_EQ(source_.quarantined, std::vector<std::string>{"a"});
    ASSERT_EQ(arbiter_.quarantined().size(), 1U);
    EXPECT_EQ(arbiter_.quarantined().front().reason,
              "of its block 7, transactions[3]: no meta, which b has");
}

}  // namespace
}  // namespace indexer::pipeline
