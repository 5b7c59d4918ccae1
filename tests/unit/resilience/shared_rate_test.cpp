#include "resilience/shared_rate.hpp"

#include <algorithm>
#include <chrono>
#include <future>
#include <thread>

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "tests/support/fake_clock.hpp"

namespace indexer::resilience {
namespace {

using namespace std::chrono_literals;
using Duration = SharedRate::Duration;

constexpr double kPerSecond = 20;

// Where all take their turns, as the database keeps it.
class SharedRateTest : public testing::Test {
  protected:
    SharedRate::Lease lease() {
        return [this](unsigned turns, std::stop_token) {
            ++leases_;
            auto const first = std::max(next_, clock_.now());
            next_ = first + turns * 50ms;
            return first - clock_.now();
        };
    }
    // Whether a turn was taken.
    bool call(SharedRate& rate) {
        rate.refill({});
        if (!rate.has_turn(clock_.now())) return false;
        rate.take();
        return true;
    }

    test::FakeClock clock_;
    SharedRate::TimePoint next_{};
    int leases_ = 0;
};

TEST_F(SharedRateTest, UsesTheWholeRateAloneWithFewLeases) {
    SharedRate rate(kPerSecond, lease(), clock_);
    int calls = 0;
    for (int i = 0; i < 60'000; ++i, clock_.advance(1ms)) calls += call(rate) ? 1 : 0;
    EXPECT_GE(calls, 60 * 20 * 95 / 100);
    EXPECT_LE(calls, 60 * 20 + 1);
    EXPECT_LT(leases_, calls);
}

TEST_F(SharedRateTest, SeveralTogetherKeepToIt) {
    SharedRate one(kPerSecond, lease(), clock_);
    SharedRate two(kPerSecond, lease(), clock_);
    int calls_of_one = 0;
    int calls_of_two = 0;
    for (int i = 0; i < 60'000; ++i, clock_.advance(1ms)) {
        calls_of_one += call(one) ? 1 : 0;
        calls_of_two += call(two) ? 1 : 0;
    }
    EXPECT_LE(calls_of_one + calls_of_two, 60 * 20 + 2);
    EXPECT_GE(calls_of_one + calls_of_two, 60 * 20 * 9 / 10);
    EXPECT_GE(std::min(calls_of_one, calls_of_two), 60 * 20 / 5);
}

TEST_F(SharedRateTest, DoesNotSaveUpTurns) {
    SharedRate rate(kPerSecond, lease(), clock_);
    for (int i = 0; i < 5'000; ++i, clock_.advance(1ms)) (void)call(rate);
    clock_.advance(10s);
    int at_once = 0;
    while (call(rate)) ++at_once;
    EXPECT_LE(at_once, 5);
}

TEST_F(SharedRateTest, NobodyWaitsForALeaseThatAnotherOneGets) {
    std::promise<void> answer;
    std::promise<void> asked;
    SharedRate rate(
        kPerSecond,
        [&](unsigned, std::stop_token) {
            asked.set_value();
            answer.get_future().wait();
            return Duration::zero();
        },
        clock_);
    std::thread waiting([&] { rate.refill({}); });
    asked.get_future().wait();
    EXPECT_FALSE(call(rate));
    answer.set_value();
    waiting.join();
    EXPECT_TRUE(rate.has_turn(clock_.now()));
}

TEST_F(SharedRateTest, TriesAFailedLeaseAgainAfterAWhile) {
    int leases = 0;
    SharedRate rate(
        kPerSecond,
        [&](unsigned, std::stop_token) -> Duration {
            ++leases;
            throw base::Error(base::Fault::database, base::Recovery::retry_here, "gone");
        },
        clock_);
    EXPECT_FALSE(call(rate));
    EXPECT_FALSE(call(rate));
    EXPECT_EQ(leases, 1);
    clock_.advance(1s);
    EXPECT_FALSE(call(rate));
    EXPECT_EQ(leases, 2);
}

}  // namespace
}  // namespace indexer::resilience
