#include "pipeline/retry_letters.hpp"

#include <numeric>

#include <gtest/gtest.h>

#include "tests/integration/pipeline/pipeline_test.hpp"

namespace indexer::pipeline {
namespace {

class RetryLettersTest : public PipelineTest {
  protected:
    RetryReport retry(test::FakeSource& source, store::Dataset const& dataset) {
        store::Writer writer(*pool_, dataset, 100);
        RetryLetters letters(source, writer, *pool_, dataset, persist_);
        return letters.run(range(0, 1'000'000), {});
    }

    Tally tally_{metrics_};
    Persistence const persist_{{.max_attempts = 1, .backoff = {.base = {}, .cap = {}}},
                               base::steady_clock(),
                               random_,
                               tally_};
};

// A thousand blocks, one of which the decoder does not know; later it does.
TEST_F(RetryLettersTest, APoisonBlockIsKeptAndComesInOnceTheDecoderIsTaught) {
    std::vector<std::uint64_t> seqs(1'000);
    std::iota(seqs.begin(), seqs.end(), 1U);
    test::FakeSource chain(seqs, 0);
    chain.undecodable = {500};

    auto const copied = copy(chain, range(1, 1'000));
    EXPECT_FALSE(copied.complete());
    EXPECT_EQ(copied.totals.blocks, 999U);
    EXPECT_EQ(copied.missing, std::vector{range(500, 500)});
    EXPECT_EQ(cell("select count(*) from indexer.blocks"), "999");
    EXPECT_EQ(cell("select seq || convert_from(raw, 'UTF8') || error || decoder_version "
                   "from indexer.dead_letters"),
              "500500odd block1");
    EXPECT_EQ(cell("select reason from indexer.holes"), "undecodable");

    // As long as it does not understand it, nothing changes but who failed last.
    auto newer = dataset_;
    newer.decoder_version = 2;
    EXPECT_EQ(retry(chain, newer).remaining.size(), 1U);
    EXPECT_EQ(cell("select decoder_version from indexer.dead_letters"), "2");

    chain.undecodable.clear();
    chain.down = true;  // the bytes that were kept are enough
    auto const retried = retry(chain, newer);
    EXPECT_EQ(retried.retried, 1U);
    EXPECT_TRUE(retried.remaining.empty());
    EXPECT_EQ(cell("select count(*) from indexer.dead_letters"), "0");
    EXPECT_EQ(cell("select count(*) from indexer.holes"), "0");
    auto const segments = coverage_->segments({});
    ASSERT_EQ(segments.size(), 1U);
    EXPECT_EQ(segments[0].blocks, 1'000U);
    EXPECT_EQ(segments[0].seqs, range(1, 1'000));
}

}  // namespace
}  // namespace indexer::pipeline
