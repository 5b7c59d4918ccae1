#include "resilience/backoff.hpp"

#include <chrono>
#include <limits>
#include <set>

#include <gtest/gtest.h>

namespace indexer::resilience {
namespace {

using namespace std::chrono_literals;

TEST(Backoff, DoublesItsCeilingUpToTheCap) {
    Backoff const backoff{.base = 250ms, .cap = 1500ms};
    EXPECT_EQ(backoff.ceiling(1), 250ms);
    EXPECT_EQ(backoff.ceiling(2), 500ms);
    EXPECT_EQ(backoff.ceiling(3), 1s);
    EXPECT_EQ(backoff.ceiling(4), 1500ms);
    EXPECT_EQ(backoff.ceiling(std::numeric_limits<unsigned>::max()), 1500ms);
}

TEST(Backoff, NeverWaitsLongerThanACapBelowTheBase) {
    EXPECT_EQ((Backoff{.base = 2s, .cap = 1s}).ceiling(1), 1s);
}

TEST(Backoff, SurvivesDurationsNearTheLargest) {
    auto const largest = base::Clock::Duration::max();
    EXPECT_EQ((Backoff{.base = 1s, .cap = largest}).ceiling(500), largest);
}

TEST(Backoff, SpreadsDelaysOverTheWholeTimeBelowTheCeiling) {
    Backoff const backoff{.base = 1s, .cap = 30s};
    Random random(7);
    std::set<std::chrono::seconds> seen;
    for (int i = 0; i < 200; ++i) {
        auto const delay = backoff.delay(3, random);
        ASSERT_GE(delay, 0s);
        ASSERT_LT(delay, 4s);
        seen.insert(std::chrono::floor<std::chrono::seconds>(delay));
    }
    EXPECT_EQ(seen, (std::set<std::chrono::seconds>{0s, 1s, 2s, 3s}));
}

TEST(Backoff, RepeatsItsDelaysForTheSameSeed) {
    Backoff const backoff{.base = 1s, .cap = 30s};
    Random first(42);
    Random second(42);
    Random other(43);
    auto const delay = backoff.delay(5, first);
    EXPECT_EQ(backoff.delay(5, second), delay);
    EXPECT_NE(backoff.delay(5, other), delay);
}

TEST(Random, StaysInTheUnitIntervalAndAveragesAHalf) {
    Random random(1);
    double sum = 0;
    for (int i = 0; i < 10'000; ++i) {
        double const number = random.unit();
        ASSERT_GE(number, 0.0);
        ASSERT_LT(number, 1.0);
        sum += number;
    }
    EXPECT_NEAR(sum / 10'000, 0.5, 0.02);
}

}  // namespace
}  // namespace indexer::resilience
