#include "pipeline/tail_proof.hpp"

#include <gtest/gtest.h>

#include "tests/support/fake_source.hpp"

namespace indexer::pipeline {
namespace {

TEST(TailProof, NamesTheParentOfTheFirstBlockBehind) {
    test::FakeSource source({10, 14, 20}, 9);
    auto const behind = first_block_behind(source, base::Seq(17), base::Seq(20), {});
    ASSERT_TRUE(behind);
    EXPECT_EQ(behind->parent.seq, base::Seq(14));
    EXPECT_EQ(behind->parent.hash, "hash14");
}

TEST(TailProof, WalksBackWhenTheListLeavesBlocksOut) {
    test::FakeSource source({10, 14, 17, 18, 20}, 9);
    source.omitted = {17, 18};
    auto const behind = first_block_behind(source, base::Seq(16), base::Seq(20), {});
    ASSERT_TRUE(behind);
    EXPECT_EQ(behind->parent.seq, base::Seq(14));
}

TEST(TailProof, LooksFurtherThanOneListing) {
    test::FakeSource source({10, 5'000}, 9);
    auto const behind = first_block_behind(source, base::Seq(11), base::Seq(5'000), {});
    ASSERT_TRUE(behind);
    EXPECT_EQ(behind->parent.seq, base::Seq(10));
}

TEST(TailProof, GivesUpWhereNothingIsListedForLongerThanAnyRun) {
    test::FakeSource source({10, 400'000'000}, 9);
    EXPECT_FALSE(first_block_behind(source, base::Seq(11), base::Seq(400'000'000), {}));
    EXPECT_LE(source.listings(), 100U);
}

TEST(TailProof, SaysNothingWithoutABlockBehind) {
    test::FakeSource source({10}, 9);
    EXPECT_FALSE(first_block_behind(source, base::Seq(11), base::Seq(10), {}));
    EXPECT_FALSE(first_block_behind(source, base::Seq(11), base::Seq(30), {}));
}

TEST(TailProof, AParentThatIsServedMustLink) {
    test::FakeSource source({10, 14}, 9);
    auto claim = claim_of(source.block(14));
    EXPECT_TRUE(is_confirmed(source, claim, {}));
    claim.parent.hash = "of another fork";
    EXPECT_FALSE(is_confirmed(source, claim, {}));
}

TEST(TailProof, WhereNobodyServesTheParentTheSameMustBeSaidAgain) {
    test::FakeSource source({10, 14}, 9);
    auto claim = claim_of(source.block(10));
    EXPECT_TRUE(is_confirmed(source, claim, {}));
    claim.parent = {base::Seq(8), "hash8"};
    EXPECT_FALSE(is_confirmed(source, claim, {}));
}

TEST(TailProof, OneWitnessIsTooFewForALongRun) {
    test::FakeSource source({10, 5'000}, 9);
    EXPECT_FALSE(is_confirmed(source, claim_of(source.block(5'000)), {}));
    EXPECT_FALSE(is_witnessed(source, claim_of(source.block(10)), {}));
}

TEST(TailProof, SaysNothingWhenTheBlockBehindCannotBeHad) {
    test::FakeSource source({10, 14}, 9);
    source.unavailable = {14};
    EXPECT_FALSE(first_block_behind(source, base::Seq(12), base::Seq(14), {}));
}

TEST(TailProof, SaysNothingWhenTheBlockBehindDoesNotTellItsParent) {
    test::FakeSource source({10, 14, 20}, 9);
    source.lacking = {14};
    EXPECT_FALSE(first_block_behind(source, base::Seq(12), base::Seq(20), {}));
    source.lacking = {};
    source.undecodable = {14};
    EXPECT_FALSE(first_block_behind(source, base::Seq(12), base::Seq(20), {}));
}

}  // namespace
}  // namespace indexer::pipeline
