#include "tests/support/fake_clock.hpp"

#include <future>
#include <thread>

#include <gtest/gtest.h>

namespace indexer::test {
namespace {

using std::chrono::seconds;

TEST(FakeClock, SleepingMovesTheTime) {
    FakeClock clock;
    auto const before = clock.now();
    EXPECT_TRUE(clock.sleep_for(seconds(5), {}));
    EXPECT_EQ(clock.now() - before, seconds(5));
    EXPECT_EQ(clock.sleeps(), std::vector<base::Clock::Duration>{seconds(5)});
}

TEST(FakeClock, AStoppedSleepDoesNotMoveTheTime) {
    FakeClock clock;
    auto const before = clock.now();
    std::stop_source stop;
    stop.request_stop();
    EXPECT_FALSE(clock.sleep_for(seconds(5), stop.get_token()));
    EXPECT_EQ(clock.now(), before);
}

TEST(FakeClock, WaitingSleepersWakeWhenTheirTimeHasCome) {
    FakeClock clock(FakeClock::Sleeping::waits);
    auto sleeper = std::async(std::launch::async, [&] { return clock.sleep_for(seconds(5), {}); });
    clock.wait_for_sleepers(1);
    clock.advance(seconds(4));
    EXPECT_EQ(sleeper.wait_for(seconds(0)), std::future_status::timeout);
    clock.advance(seconds(1));
    EXPECT_TRUE(sleeper.get());
}

TEST(FakeClock, AStopWakesAWaitingSleeper) {
    FakeClock clock(FakeClock::Sleeping::waits);
    std::stop_source stop;
    auto sleeper = std::async(std::launch::async,
                              [&] { return clock.sleep_for(seconds(5), stop.get_token()); });
    clock.wait_for_sleepers(1);
    stop.request_stop();
    EXPECT_FALSE(sleeper.get());
}

}  // namespace
}  // namespace indexer::test
