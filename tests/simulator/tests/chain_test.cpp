#include "tests/simulator/history/chain.hpp"

#include <set>

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace indexer::simulator {
namespace {

Chain chain_with(double skip_rate) {
    return Chain({.seed = 7, .skip_rate = skip_rate});
}

TEST(Chain, LinksEveryBlockToTheOneBeforeIt) {
    auto const chain = chain_with(0.3);
    Slot last = chain.at_or_before(1'000'000);
    for (Slot slot = last + 1; slot < 1'010'000; ++slot) {
        if (!chain.has(slot)) continue;
        auto const links = chain.links(slot);
        ASSERT_EQ(links.parent, last);
        ASSERT_EQ(links.parent_hash, chain.hash(last));
        ASSERT_EQ(links.height, chain.height(last) + 1);
        ASSERT_GE(links.time, chain.time(last));
        last = slot;
    }
}

TEST(Chain, SkipsTheShareOfSlotsAskedFor) {
    auto const chain = chain_with(0.05);
    int skipped = 0;
    for (Slot slot = 500'000; slot < 510'000; ++slot) skipped += chain.has(slot) ? 0 : 1;
    EXPECT_NEAR(skipped, 500, 5);
}

TEST(Chain, SkipsNothingWhenAskedTo) {
    auto const chain = chain_with(0);
    for (Slot slot = 0; slot < 1'000; ++slot) ASSERT_TRUE(chain.has(slot));
}

TEST(Chain, RejectsARateThatLeavesNoBlocks) {
    EXPECT_THROW(chain_with(0.95), base::Error);
    EXPECT_THROW(chain_with(-0.1), base::Error);
}

TEST(Chain, BeginsWithGenesis) {
    auto const genesis = chain_with(0.9).links(0);
    EXPECT_TRUE(chain_with(0.9).has(0));
    EXPECT_EQ(genesis.parent, 0U);
    EXPECT_EQ(genesis.parent_hash, genesis.hash);
    EXPECT_EQ(genesis.height, 0U);
}

TEST(Chain, DiffersBySeedAndForkInHashesButForksShareTheirSlots) {
    auto const chain = chain_with(0.3);
    EXPECT_NE(chain.hash(5), Chain({.seed = 8, .skip_rate = 0.3}).hash(5));
    EXPECT_NE(chain.hash(5), chain.hash(5, 1));
    EXPECT_EQ(chain.links(500, 1).parent, chain.links(500).parent);
    EXPECT_EQ(chain.links(500, 1).parent_hash, chain.hash(chain.parent(500), 1));
}

TEST(Chain, GivesEverySignatureOnce) {
    auto const chain = chain_with(0.05);
    std::set<std::string> seen;
    for (Slot slot = 0; slot < 100; ++slot) {
        for (std::size_t n = 0; n < 20; ++n) {
            std::string text;
            chain.append_signature(text, slot, n);
            ASSERT_TRUE(seen.insert(text).second);
        }
    }
}

}  // namespace
}  // namespace indexer::simulator
