#include "pipeline/same_chain.hpp"

#include <numeric>

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "tests/integration/pipeline/pipeline_test.hpp"

namespace indexer::pipeline {
namespace {

class SameChainTest : public PipelineTest {
  protected:
    void SetUp() override {
        PipelineTest::SetUp();
        if (IsSkipped()) return;
        std::iota(seqs_.begin(), seqs_.end(), 1'000U);
        test::FakeSource stored(seqs_, 999);
        ASSERT_TRUE(copy(stored, range(1'000, 1'299)).complete());
    }
    // Whether it is taken for the chain that is stored.
    bool is_same(test::FakeSource& source) {
        Backfill backfill(source, *coverage_, *writer_, config_, base::steady_clock(), random_,
                          metrics_, memory_);
        try {
            require_same_chain(source, *coverage_, backfill, source.tip({}), {});
            return true;
        } catch (base::Error const& error) {
            EXPECT_EQ(error.fault(), base::Fault::not_understood);
            what_ = error.what();
            return false;
        }
    }

    config::Pipeline const config_{};
    std::vector<std::uint64_t> seqs_ = std::vector<std::uint64_t>(300);
    std::string what_;
};

TEST_F(SameChainTest, TheStoredOneIsKnownAgainByItsNewestBlock) {
    test::FakeSource source(seqs_, 999);
    EXPECT_TRUE(is_same(source));
}

TEST_F(SameChainTest, AnotherOneIsNamed) {
    test::FakeSource source(seqs_, 999);
    source.hash_prefix = "other";
    EXPECT_FALSE(is_same(source));
    EXPECT_NE(what_.find("its block 1299 is other1299, but the one stored is hash1299"),
              std::string::npos)
        << what_;
}

TEST_F(SameChainTest, AnotherOneWhoseTipIsBelowIsNamed) {
    seqs_.resize(100);
    test::FakeSource source(seqs_, 999);
    source.hash_prefix = "other";
    EXPECT_FALSE(is_same(source));
    EXPECT_NE(what_.find("block 1099"), std::string::npos) << what_;
}

TEST_F(SameChainTest, AWrongNewestBlockIsNoOtherChain) {
    run("update indexer.blocks set hash = 'wrong' where seq = 1299");
    test::FakeSource source(seqs_, 999);
    EXPECT_TRUE(is_same(source));
}

TEST_F(SameChainTest, NothingIsSaidOfWhatNobodyHas) {
    test::FakeSource source({90'000, 90'001}, 89'999);
    source.hash_prefix = "other";
    EXPECT_TRUE(is_same(source));
}

}  // namespace
}  // namespace indexer::pipeline
