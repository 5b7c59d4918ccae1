#include "cli/progress.hpp"

#include <gtest/gtest.h>

namespace indexer::cli {
namespace {

TEST(Progress, WatermarkTipAndLagAreOfOneMoment) {
    observe::Standing standing;
    EXPECT_EQ(progress_text(standing), "following");
    standing.tip = base::Seq(1'700);  // heard since
    EXPECT_EQ(progress_text(standing), "following · tip 1,700");
    standing.vitals = observe::Vitals{.next = base::Seq(1'498)};
    standing.lag = 3;
    EXPECT_EQ(progress_text(standing), "proven to 1,497 · tip 1,500 · lag 3");
    standing.vitals->holes = 2;
    EXPECT_EQ(progress_text(standing), "proven to 1,497 · tip 1,500 · lag 3 · 2 holes");
}

}  // namespace
}  // namespace indexer::cli
