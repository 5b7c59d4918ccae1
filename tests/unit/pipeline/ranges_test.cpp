#include "pipeline/ranges.hpp"

#include <gtest/gtest.h>

namespace indexer::pipeline {
namespace {

base::SeqRange range(std::uint64_t first, std::uint64_t last) {
    return base::SeqRange::inclusive(base::Seq(first), base::Seq(last));
}

TEST(Ranges, CommonSeqsOfTwoLists) {
    EXPECT_EQ(common({range(1, 5), range(8, 9), range(20, 30)}, {range(3, 8), range(25, 25)}),
              (Ranges{range(3, 5), range(8, 8), range(25, 25)}));
    EXPECT_TRUE(common({range(1, 5)}, {range(6, 9)}).empty());
    EXPECT_TRUE(common({}, {range(6, 9)}).empty());
}

TEST(Ranges, WindowsAroundSeqsMergeAndEndWhereTheyMay) {
    EXPECT_EQ(around({base::Seq(3), base::Seq(10), base::Seq(15), base::Seq(99)}, 2, range(2, 98)),
              (Ranges{range(2, 5), range(8, 17), range(97, 98)}));
    EXPECT_EQ(around({base::Seq(1)}, 5, range(0, 100)), (Ranges{range(0, 6)}));
    EXPECT_TRUE(around({}, 5, range(0, 100)).empty());
}

TEST(Ranges, CountTheirSeqs) {
    EXPECT_EQ(seqs_in({range(1, 5), range(7, 7)}), 6U);
}

}  // namespace
}  // namespace indexer::pipeline
