#include "cli/coverage_summary.hpp"

#include <gtest/gtest.h>

namespace indexer::cli {
namespace {

store::Segment segment(std::string content, std::uint64_t first, std::uint64_t last) {
    store::Segment made;
    made.content = std::move(content);
    made.seqs = base::SeqRange::inclusive(base::Seq(first), base::Seq(last));
    made.blocks = made.seqs.size();
    return made;
}

TEST(CoverageSummary, PutsTheWatermarkBeforeTheFirstGap) {
    auto const summaries =
        summarize({segment("a", 10, 19), segment("a", 20, 29), segment("a", 35, 40)});
    ASSERT_EQ(summaries.size(), 1U);
    EXPECT_EQ(summaries[0].watermark, base::Seq(29));
    EXPECT_EQ(summaries[0].blocks, 26U);
    EXPECT_EQ(summaries[0].span, base::SeqRange::inclusive(base::Seq(10), base::Seq(40)));
    ASSERT_EQ(summaries[0].gaps.size(), 1U);
    EXPECT_EQ(summaries[0].gaps[0], base::SeqRange::inclusive(base::Seq(30), base::Seq(34)));
}

TEST(CoverageSummary, KeepsContentsApart) {
    EXPECT_EQ(summarize({segment("a", 1, 2), segment("b", 1, 2)}).size(), 2U);
    EXPECT_TRUE(summarize({}).empty());
}

}  // namespace
}  // namespace indexer::cli
