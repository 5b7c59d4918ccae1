#include "pipeline/agreement.hpp"

#include <array>

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "tests/support/endpoints_source.hpp"

namespace indexer::pipeline {
namespace {

using base::Seq;
using base::SeqRange;

constexpr std::array<model::ColumnSpec, 2> kColumns{
    model::ColumnSpec{"seq", model::ColumnType::int8},
    model::ColumnSpec{"amount", model::ColumnType::int8}};
constexpr model::Table kTable{
    .name = "fake.rows", .columns = kColumns, .key_columns = 1, .upsert = ""};

// A block with rows of these amounts.
test::EndpointsSource::Serve rows(std::vector<int> amounts) {
    return [amounts = std::move(amounts)](Seq seq) {
        model::Block block;
        block.link = {seq, "hash"};
        block.parent = {Seq(seq.value() - 1), "hash"};
        block.transactions = amounts.size();
        auto& batch = block.rows.emplace_back(kTable);
        for (int const amount : amounts) batch.append(seq.value(), amount);
        return block;
    };
}

model::Block odd(Seq /*seq*/) {
    throw base::Error(base::Fault::not_understood, base::Recovery::never, "odd block");
}

class AgreementTest : public ::testing::Test {
  protected:
    Agreement& among(std::map<std::string, test::EndpointsSource::Serve> serving,
                     config::Agreement config) {
        auto endpoints = std::make_unique<test::EndpointsSource>();
        endpoints_ = endpoints.get();
        endpoints_->serving = std::move(serving);
        agreement_.emplace(std::move(endpoints), config, 7, metrics_);
        return *agreement_;
    }
    // Whose answer is taken, and how many say the same; or why none is.
    static std::string taken(Agreement& agreement, SeqRange part = SeqRange::single(Seq(7))) {
        auto const fetched = agreement.fetch(part, {});
        if (auto const* const missing = std::get_if<source::Unavailable>(&fetched)) {
            return (missing->disputed ? "disputed: " : "unavailable: ") + missing->reason;
        }
        auto const& answer = std::get<source::Answer>(fetched);
        return answer.endpoint + " " + std::to_string(answer.witnesses);
    }

    observe::Metrics metrics_{{{"chain", "fake"}}};
    test::EndpointsSource* endpoints_ = nullptr;
    std::optional<Agreement> agreement_;
};

TEST_F(AgreementTest, IsNotLookedForUnlessItIsAskedFor) {
    auto& one = among({{"a", rows({1})}, {"b", rows({2})}}, {});
    EXPECT_EQ(taken(one), "a 1");
    EXPECT_EQ(endpoints_->asked, 0);
}

TEST_F(AgreementTest, IsOfTwoThatServeTheSameRows) {
    EXPECT_EQ(taken(among({{"a", rows({1, 2})}, {"b", rows({1, 2})}}, {.agree = 2})), "a 2");
}

TEST_F(AgreementTest, IsNotThereWhereOneAloneServesAPart) {
    EXPECT_EQ(taken(among({{"a", rows({1})}, {"b", nullptr}}, {.agree = 2})),
              "disputed: 2 are to agree, and only 1 says this: a");
}

TEST_F(AgreementTest, NamesWhoDiffersAndInWhat) {
    EXPECT_EQ(taken(among({{"a", rows({1, 2})}, {"b", rows({1})}}, {.agree = 2})),
              "disputed: 2 are to agree, and only 1 says this: a; b: 7: 1 transactions instead of "
              "2");
    EXPECT_EQ(taken(among({{"a", rows({1, 2})}, {"b", rows({1, 3})}}, {.agree = 2})),
              "disputed: 2 are to agree, and only 1 says this: a; b: 7: other rows of fake.rows");
}

TEST_F(AgreementTest, IsOfTheMostWhereSomebodyDiffers) {
    EXPECT_EQ(taken(among({{"a", rows({1})}, {"b", rows({2})}, {"c", rows({2})}}, {.agree = 2})),
              "b 2");
}

TEST_F(AgreementTest, IsNotOfTwoHalves) {
    auto& halves = among({{"a", rows({1})}, {"b", rows({2})}, {"c", rows({1})}, {"d", rows({2})}},
                         {.agree = 2});
    EXPECT_TRUE(taken(halves).starts_with("disputed"));
}

TEST_F(AgreementTest, LeavesToTheDecoderWhatNobodysAnswerCanBeReadOf) {
    EXPECT_EQ(taken(among({{"a", odd}, {"b", odd}}, {.agree = 2})), "a 1");
}

TEST_F(AgreementTest, DoesNotCountWhoseAnswerCannotBeRead) {
    EXPECT_EQ(taken(among({{"a", odd}, {"b", rows({1})}}, {.agree = 2})),
              "disputed: 2 are to agree, and only 1 says this: b; a: not understood");
}

TEST_F(AgreementTest, SaysThatNobodyServesAPartAsTheSourceDoes) {
    EXPECT_EQ(taken(among({{"a", nullptr}}, {.agree = 2})), "unavailable: not here");
}

TEST_F(AgreementTest, GivesOnlyWhatIsAgreedOnToWhoAsksEach) {
    auto& three = among({{"a", rows({1})}, {"b", rows({2})}, {"c", rows({2})}}, {.agree = 2});
    auto const answers = three.fetch_from_each(SeqRange::single(Seq(7)), {});
    ASSERT_EQ(answers.size(), 2U);
    EXPECT_EQ(answers.front().endpoint, "b");
    endpoints_->serving["c"] = nullptr;
    EXPECT_TRUE(three.fetch_from_each(SeqRange::single(Seq(7)), {}).empty());
}

TEST_F(AgreementTest, OfAnAuditedPartIsRefusedWhereTwoObjectToOneAnother) {
    EXPECT_TRUE(
        taken(among({{"a", rows({1})}, {"b", rows({2})}}, {.audited = 1})).starts_with("disputed"));
}

TEST_F(AgreementTest, OfAnAuditedPartNeedsNoSecondWitness) {
    EXPECT_EQ(taken(among({{"a", rows({1})}, {"b", nullptr}}, {.audited = 1})), "a 1");
}

TEST_F(AgreementTest, IsLookedForInAboutTheShareThatIsAudited) {
    auto& two = among({{"a", rows({1})}, {"b", rows({1})}}, {.audited = 0.1});
    for (std::uint64_t seq = 1; seq <= 1'000; ++seq) {
        static_cast<void>(taken(two, SeqRange::single(Seq(seq))));
    }
    EXPECT_GT(endpoints_->asked, 50);
    EXPECT_LT(endpoints_->asked, 200);
}

TEST_F(AgreementTest, IsLookedForInEachSeqOfAPartThatWasDisputed) {
    auto& two = among({{"a", rows({1})}, {"b", rows({2})}}, {.audited = 1e-9});
    two.doubt({{"", {SeqRange::inclusive(Seq(100), Seq(299))}}});
    EXPECT_TRUE(taken(two, SeqRange::single(Seq(150))).starts_with("disputed"));
    EXPECT_EQ(taken(two, SeqRange::single(Seq(300))), "a 1");
    endpoints_->serving["b"] = nullptr;
    EXPECT_TRUE(taken(two, SeqRange::single(Seq(150))).starts_with("disputed"))
        << "one alone does not settle it";
}

TEST_F(AgreementTest, CountsWhoDiffers) {
    static_cast<void>(
        taken(among({{"a", rows({1})}, {"b", rows({2})}, {"c", rows({2})}}, {.agree = 2})));
    auto const text = metrics_.text();
    EXPECT_NE(text.find("indexer_disagreements_total{chain=\"fake\","
                        "endpoint=\"a\"} 1"),
              std::string::npos)
        << text;
}

}  // namespace
}  // namespace indexer::pipeline
