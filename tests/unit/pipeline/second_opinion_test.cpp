#include "pipeline/second_opinion.hpp"

#include <map>

#include <gtest/gtest.h>

#include "base/error.hpp"

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

class Endpoints final : public source::Source {
  public:
    std::map<std::string, model::Block> serving{};
    std::vector<std::string> quarantined{};
    int asked = 0;

    [[nodiscard]] std::vector<source::Answer> fetch_from_each(base::SeqRange part,
                                                              std::stop_token /*stop*/) override {
        ++asked;
        std::vector<source::Answer> answers;
        for (auto const& [endpoint, block] : serving) {
            answers.push_back({part, base::body_of(""), endpoint});
        }
        return answers;
    }
    [[nodiscard]] std::vector<model::Block> decode(source::Answer const& answer) const override {
        auto const& block = serving.at(answer.endpoint);
        if (block.link.hash.empty()) {
            throw base::Error(base::Fault::not_understood, base::Recovery::never, "odd block");
        }
        return {block};
    }
    [[nodiscard]] bool quarantine(std::string const& endpoint) override {
        quarantined.push_back(endpoint);
        return true;
    }

    [[nodiscard]] std::string_view chain() const noexcept override { return "fake"; }
    [[nodiscard]] std::string content() const override { return "blocks"; }
    [[nodiscard]] std::span<model::Table const* const> tables() const noexcept override {
        return {};
    }
    [[nodiscard]] std::string network(std::stop_token /*stop*/) override { return "fakenet"; }
    [[nodiscard]] Seq tip(std::stop_token /*stop*/) override { return {}; }
    [[nodiscard]] Seq first_available(std::stop_token /*stop*/) override { return {}; }
    [[nodiscard]] std::vector<base::SeqRange> parts(base::SeqRange /*range*/,
                                                    std::stop_token /*stop*/) override {
        return {};
    }
    [[nodiscard]] source::Fetched fetch(base::SeqRange part, std::stop_token /*stop*/) override {
        return source::Unavailable{part, {}, {}};
    }
};

class SecondOpinionTest : public ::testing::Test {
  protected:
    // Who serves the block that is taken, where "a" served it first.
    std::string taken(std::vector<model::Block> const& serving) {
        source_.serving.clear();
        for (model::Block const& block : serving) source_.serving.insert({block.endpoint, block});
        return opinion_.on(kPart, {serving.front()}, {}).front().endpoint;
    }

    Endpoints source_;
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
