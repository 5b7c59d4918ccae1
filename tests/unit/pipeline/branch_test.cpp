#include "pipeline/branch.hpp"

#include <gtest/gtest.h>

namespace indexer::pipeline {
namespace {

using base::Seq;

Claim claim(std::uint64_t seq, std::uint64_t parent, std::string const& fork, std::int64_t height) {
    return {{Seq(seq), fork + std::to_string(seq)},
            {Seq(parent), fork + std::to_string(parent)},
            height,
            "node"};
}

store::Noted noted(std::uint64_t seq, std::uint64_t parent, std::string const& fork,
                   std::int64_t height, std::uint64_t segment) {
    auto const said = claim(seq, parent, fork, height);
    return {said.link, said.parent, said.height, Seq(segment)};
}

Standing standing(bool by_word = false, bool refuted = false) {
    return {.doubted = {},
            .is_refuted = [refuted](auto const&) { return refuted; },
            .by_word = by_word};
}

TEST(Branch, WhatLinksOnBothSidesReplacesTheSameBlockWithAnotherParent) {
    Branch const branch{
        {claim(12, 11, "a", 12)}, noted(11, 10, "a", 11, 10), noted(13, 12, "a", 13, 12)};
    EXPECT_TRUE(is_better(branch, {noted(12, 3, "a", 12, 12)}, standing()));
}

TEST(Branch, AnotherBlockOnOneWordOnlyWhereThatIsAskedFor) {
    Branch const branch{
        {claim(12, 11, "a", 12)}, noted(11, 10, "a", 11, 10), noted(13, 12, "a", 13, 13)};
    std::vector const stored{noted(12, 11, "b", 12, 10)};
    EXPECT_FALSE(is_better(branch, stored, standing()));
    EXPECT_TRUE(is_better(branch, stored, standing(true)));
    auto doubting = standing();
    doubting.doubted = {base::SeqRange::single(Seq(12))};
    EXPECT_TRUE(is_better(branch, stored, doubting));
}

TEST(Branch, WhatIsProvenGivesWayToMoreWitnessesOnly) {
    Branch const branch{
        {claim(12, 11, "a", 12)}, noted(11, 10, "a", 11, 10), noted(13, 12, "a", 13, 10)};
    std::vector const stored{noted(12, 11, "b", 12, 10)};
    EXPECT_FALSE(is_better(branch, stored, standing(true)));
    EXPECT_TRUE(is_better(branch, stored, standing(false, true)));
}

TEST(Branch, MustHoldAsManyBlocksAsTheHeightsLeaveRoomFor) {
    Branch const hiding{
        {claim(19, 10, "a", 11)}, noted(10, 9, "a", 10, 10), noted(20, 19, "a", 20, 20)};
    std::vector const stored{noted(11, 10, "a", 11, 10), noted(12, 11, "a", 12, 10)};
    EXPECT_FALSE(is_better(hiding, stored, standing(true)));
}

TEST(Branch, MustBeLongerWhereNothingIsStoredAboveIt) {
    std::vector const stored{noted(11, 10, "b", 11, 10), noted(12, 11, "b", 12, 10)};
    Branch branch{{claim(11, 10, "a", 11), claim(12, 11, "a", 12)}, noted(10, 9, "a", 10, 10), {}};
    EXPECT_FALSE(is_better(branch, stored, standing(true)));
    branch.blocks.push_back(claim(13, 12, "a", 13));
    EXPECT_TRUE(is_better(branch, stored, standing(true)));
    EXPECT_FALSE(is_better(branch, stored, standing()));
}

}  // namespace
}  // namespace indexer::pipeline
