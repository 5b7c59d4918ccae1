#include "cli/duration.hpp"

#include <gtest/gtest.h>

namespace indexer::cli {
namespace {

using namespace std::chrono_literals;

TEST(Duration, ReadsEveryUnit) {
    EXPECT_EQ(parse_duration("500ms"), 500ms);
    EXPECT_EQ(parse_duration("10s"), 10s);
    EXPECT_EQ(parse_duration("5m"), 5min);
    EXPECT_EQ(parse_duration("1h"), 1h);
    EXPECT_EQ(parse_duration("0s"), 0s);
}

TEST(Duration, RefusesWhatItIsNotSureOf) {
    for (auto const* const text : {"", "10", "s", "-1s", "1.5s", "10 s", "1d", "10sx",
                                   "99999999999999999999s", "9223372036854775807h"}) {
        EXPECT_FALSE(parse_duration(text)) << text;
    }
}

TEST(Duration, WritesTheShortestText) {
    EXPECT_EQ(duration_text(3'600s), "1h");
    EXPECT_EQ(duration_text(90s), "90s");
    EXPECT_EQ(duration_text(250ms), "250ms");
    EXPECT_EQ(duration_text(0ms), "0s");
}

}  // namespace
}  // namespace indexer::cli
