#include "resilience/waiting_line.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/fake_clock.hpp"

namespace indexer::resilience {
namespace {

using namespace std::chrono_literals;
using test::FakeClock;

TEST(WaitingLine, KnowsWhoCameEarlier) {
    WaitingLine line;
    auto first = std::make_unique<WaitingLine::Place>(line);
    WaitingLine::Place second(line);
    EXPECT_EQ(first->ahead(), 0U);
    EXPECT_EQ(second.ahead(), 1U);
    first.reset();
    EXPECT_EQ(second.ahead(), 0U);
}

TEST(WaitingLine, WaitsForItsTime) {
    FakeClock clock;
    WaitingLine line;
    auto const due = clock.now() + 5s;
    EXPECT_TRUE(WaitingLine::Place(line).wait_until(clock, due, {}));
    EXPECT_EQ(clock.now(), due);
}

TEST(WaitingLine, ACallBeforeTheWaitEndsItAtOnce) {
    FakeClock clock(FakeClock::Sleeping::waits);
    WaitingLine line;
    WaitingLine::Place place(line);
    line.call_first();
    EXPECT_TRUE(place.wait_until(clock, FakeClock::TimePoint::max(), {}));
}

TEST(WaitingLine, HearsAStop) {
    FakeClock clock(FakeClock::Sleeping::waits);
    WaitingLine line;
    std::stop_source stop;
    std::thread stopper([&] {
        clock.wait_for_sleepers(1);
        stop.request_stop();
    });
    EXPECT_FALSE(
        WaitingLine::Place(line).wait_until(clock, FakeClock::TimePoint::max(), stop.get_token()));
    stopper.join();
}

TEST(WaitingLine, CallsOneAfterTheOther) {
    FakeClock clock(FakeClock::Sleeping::waits);
    WaitingLine line;
    WaitingLine::Place first(line);
    WaitingLine::Place second(line);
    line.call_first();
    first.call_next();
    EXPECT_TRUE(second.wait_until(clock, FakeClock::TimePoint::max(), {}));
    EXPECT_TRUE(first.wait_until(clock, FakeClock::TimePoint::max(), {}));
    second.call_next();  // nobody
}

// Fifty threads share three things; each waits without a time limit, so a lost call would hang.
TEST(WaitingLine, LosesNobody) {
    WaitingLine line;
    std::atomic<int> free = 3;
    std::atomic<int> done = 0;
    auto const take = [&] {
        for (int left = free; left > 0;) {
            if (free.compare_exchange_weak(left, left - 1)) return true;
        }
        return false;
    };
    auto const work = [&] {
        WaitingLine::Place place(line);
        while (!take()) place.wait_until(base::steady_clock(), base::Clock::TimePoint::max(), {});
        ++done;
        ++free;
        line.call_first();
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 50; ++i)
        threads.emplace_back([&] {
            for (int round = 0; round < 20; ++round) work();
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(done, 1'000);
}

}  // namespace
}  // namespace indexer::resilience
