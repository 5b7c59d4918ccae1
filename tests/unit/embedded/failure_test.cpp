#include "embedded/failure.hpp"

#include <gtest/gtest.h>

namespace indexer::embedded {
namespace {

TEST(ReasonIn, FindsTheErrorAmongWhatFollowsIt) {
    EXPECT_EQ(reason_in("creating configuration files ... ok\n"
                        "initdb: error: could not write file: No space left on device\n"
                        "initdb: removing data directory \"/d\"\n"),
              "could not write file: No space left on device");
}

TEST(ReasonIn, DropsTheTimeStampOfALogLine) {
    EXPECT_EQ(reason_in("2026-01-01 00:00:00.000 UTC [1]  FATAL:  out of memory\n"
                        "2026-01-01 00:00:00.001 UTC [1]  LOG:  shut down\n"),
              "out of memory");
}

TEST(ReasonIn, TakesTheLastLineWhenNoneNamesAnError) {
    EXPECT_EQ(reason_in("first\nlast\n\n"), "last");
    EXPECT_EQ(reason_in(""), "");
}

}  // namespace
}  // namespace indexer::embedded
