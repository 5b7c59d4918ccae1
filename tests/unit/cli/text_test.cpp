#include "cli/text.hpp"

#include <gtest/gtest.h>

namespace indexer::cli {
namespace {

using namespace std::chrono_literals;

TEST(Text, GroupsDigits) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1'000), "1,000");
    EXPECT_EQ(grouped(18'446'744'073'709'551'615U), "18,446,744,073,709,551,615");
}

TEST(Text, CountsInEnglish) {
    EXPECT_EQ(counted(1, "block"), "1 block");
    EXPECT_EQ(counted(2'000, "block"), "2,000 blocks");
}

TEST(Text, ShowsRangesInclusively) {
    EXPECT_EQ(range_text({base::Seq(5), base::Seq(10)}), "5-9");
    EXPECT_EQ(range_text(base::SeqRange::single(base::Seq(5))), "5");
}

TEST(Text, ShowsTimesAsLongAsTheyMatter) {
    EXPECT_EQ(elapsed_text(420ms), "0.4 s");
    EXPECT_EQ(elapsed_text(12s), "12 s");
    EXPECT_EQ(elapsed_text(200s), "3 m 20 s");
    EXPECT_EQ(elapsed_text(2h + 5min), "2 h 5 m");
}

TEST(Text, AlignsColumnsByCharacters) {
    EXPECT_EQ(table_text({{"a·", "1"}, {"long", "2"}}), "a·    1\nlong  2\n");
}

}  // namespace
}  // namespace indexer::cli
