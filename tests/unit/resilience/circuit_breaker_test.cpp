#include "resilience/circuit_breaker.hpp"

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace indexer::resilience {
namespace {

using namespace std::chrono_literals;
using State = CircuitBreaker::State;

class CircuitBreakerTest : public testing::Test {
  protected:
    static constexpr CircuitBreaker::TimePoint kStart{1000s};
    static constexpr CircuitBreaker::Options kOptions{.failures = 3, .open_for = 60s, .jitter = 0s};

    void fail(int times, CircuitBreaker::TimePoint now = kStart) {
        for (int i = 0; i < times; ++i) breaker.try_acquire(now).value().failed(now, ++question);
    }
    void succeed() { breaker.try_acquire(kStart).value().succeeded(); }
    State state() const { return breaker.statistics().state; }

    // Fails another question; what is to find out whether it is the place that fails.
    std::optional<CircuitBreaker::Check> fail_checkable() {
        return breaker.try_acquire(kStart).value().failed(kStart, ++question, true);
    }

    Random random{1};
    CircuitBreaker::Question question = 100;
    CircuitBreaker breaker{kOptions, random};
};

TEST_F(CircuitBreakerTest, LetsCallsThroughUntilFailuresInARowReachTheLimit) {
    fail(2);
    EXPECT_EQ(state(), State::closed);
    EXPECT_EQ(breaker.statistics().failures_in_a_row, 2U);
    fail(1);
    EXPECT_EQ(state(), State::open);
    EXPECT_FALSE(breaker.try_acquire(kStart));
}

TEST_F(CircuitBreakerTest, ForgetsFailuresAfterASuccess) {
    fail(2);
    succeed();
    fail(2);
    EXPECT_EQ(state(), State::closed);
}

TEST_F(CircuitBreakerTest, StaysClosedWhileOneQuestionFailsAgainAndAgain) {
    for (int i = 0; i < 100; ++i) breaker.try_acquire(kStart).value().failed(kStart, 7);
    EXPECT_EQ(state(), State::closed);
    EXPECT_EQ(breaker.statistics().failures_in_a_row, 100U);
    fail(2);
    EXPECT_EQ(state(), State::open);
}

TEST_F(CircuitBreakerTest, StaysClosedWhenThePlaceAnswersWhatItAnsweredBefore) {
    for (int row = 0; row < 10; ++row) {
        EXPECT_FALSE(fail_checkable());
        EXPECT_FALSE(fail_checkable());
        auto check = fail_checkable();
        ASSERT_TRUE(check);
        EXPECT_FALSE(fail_checkable()) << "one finds out for all";
        EXPECT_TRUE(breaker.try_acquire(kStart)) << "nobody waits for that";
        check->served();
    }
    EXPECT_EQ(breaker.statistics().transitions, 0U);
}

TEST_F(CircuitBreakerTest, OpensWhenThePlaceFailsAtWhatItAnsweredBefore) {
    static_cast<void>(fail_checkable());
    static_cast<void>(fail_checkable());
    auto check = fail_checkable();
    EXPECT_EQ(state(), State::closed);
    check.value().failed(kStart);
    EXPECT_EQ(state(), State::open);
    auto const probe = breaker.try_acquire(kStart + 60s);
    ASSERT_TRUE(probe);
    EXPECT_TRUE(probe->is_probe());
}

TEST_F(CircuitBreakerTest, ChecksThePlaceForOneQuestionThatFailsToo) {
    auto const fail_same = [&] {
        return breaker.try_acquire(kStart).value().failed(kStart, 7, true);
    };
    EXPECT_FALSE(fail_same());
    EXPECT_FALSE(fail_same());
    fail_same().value().failed(kStart);
    EXPECT_EQ(state(), State::open);
}

TEST_F(CircuitBreakerTest, ChecksAgainWhereACheckWasDropped) {
    static_cast<void>(fail_checkable());
    static_cast<void>(fail_checkable());
    { auto const dropped = fail_checkable(); }
    EXPECT_TRUE(fail_checkable());
}

TEST_F(CircuitBreakerTest, LetsOneProbeThroughWhenTheOpenTimeIsOver) {
    fail(3);
    EXPECT_FALSE(breaker.try_acquire(kStart + 60s - 1ns));
    auto probe = breaker.try_acquire(kStart + 60s);
    ASSERT_TRUE(probe);
    EXPECT_EQ(state(), State::half_open);
    EXPECT_FALSE(breaker.try_acquire(kStart + 61s));
}

TEST_F(CircuitBreakerTest, ClosesWhenTheProbeSucceeds) {
    fail(3);
    breaker.try_acquire(kStart + 60s).value().succeeded();
    EXPECT_EQ(state(), State::closed);
    EXPECT_EQ(breaker.statistics().transitions, 3U);
    EXPECT_TRUE(breaker.try_acquire(kStart + 60s));
}

TEST_F(CircuitBreakerTest, OpensAgainWhenTheProbeFails) {
    fail(3);
    fail(1, kStart + 70s);
    EXPECT_EQ(state(), State::open);
    EXPECT_EQ(breaker.next_attempt_at(kStart + 71s), kStart + 130s);
}

TEST_F(CircuitBreakerTest, LetsAnotherProbeGoWhenTheFirstWasDroppedUnsettled) {
    fail(3);
    { auto const dropped = breaker.try_acquire(kStart + 60s); }
    EXPECT_EQ(state(), State::half_open);
    EXPECT_TRUE(breaker.try_acquire(kStart + 60s));
}

TEST_F(CircuitBreakerTest, CountsADroppedPermitAsNeither) {
    fail(2);
    { auto const dropped = breaker.try_acquire(kStart); }
    EXPECT_EQ(breaker.statistics().failures_in_a_row, 2U);
}

TEST_F(CircuitBreakerTest, IgnoresALateFailureFromBeforeARecovery) {
    auto slow = breaker.try_acquire(kStart).value();
    auto slower = breaker.try_acquire(kStart).value();
    fail(3);
    breaker.try_acquire(kStart + 60s).value().succeeded();
    fail(2);
    slow.failed(kStart + 61s, 1);
    EXPECT_EQ(state(), State::closed);
    EXPECT_EQ(breaker.statistics().failures_in_a_row, 2U);
    slower.succeeded();
    EXPECT_EQ(breaker.statistics().failures_in_a_row, 2U);
}

TEST_F(CircuitBreakerTest, IgnoresALateSuccessWhileOpen) {
    auto slow = breaker.try_acquire(kStart).value();
    fail(3);
    slow.succeeded();
    EXPECT_EQ(state(), State::open);
}

TEST_F(CircuitBreakerTest, DoesNotFreeTheProbeWhenAnEarlierPermitIsDropped) {
    auto early = breaker.try_acquire(kStart);
    fail(3);
    auto const probe = breaker.try_acquire(kStart + 60s);
    early.reset();
    EXPECT_FALSE(breaker.try_acquire(kStart + 60s));
}

TEST_F(CircuitBreakerTest, SaysWhenToAskAgain) {
    EXPECT_EQ(breaker.next_attempt_at(kStart), kStart);
    fail(3);
    EXPECT_EQ(breaker.next_attempt_at(kStart + 1s), kStart + 60s);
    auto const probe = breaker.try_acquire(kStart + 60s);
    EXPECT_EQ(breaker.next_attempt_at(kStart + 60s), kStart + 61s);
}

TEST_F(CircuitBreakerTest, SettlesAMovedPermitOnce) {
    auto first = breaker.try_acquire(kStart).value();
    auto second = std::move(first);
    // NOLINTNEXTLINE(bugprone-use-after-move,clang-analyzer-cplusplus.Move): what is tested
    first.failed(kStart, 1);
    EXPECT_EQ(breaker.statistics().failures_in_a_row, 0U);
    second.failed(kStart, 1);
    second.failed(kStart, 1);
    EXPECT_EQ(breaker.statistics().failures_in_a_row, 1U);
}

TEST_F(CircuitBreakerTest, ResetsToClosedAndForgetsCallsUnderWay) {
    auto slow = breaker.try_acquire(kStart).value();
    fail(3);
    breaker.reset();
    slow.failed(kStart, 1);
    EXPECT_EQ(state(), State::closed);
    EXPECT_EQ(breaker.statistics().failures_in_a_row, 0U);
}

TEST(CircuitBreaker, ClosesWhenAsManyProbesSucceededAsItAsksFor) {
    Random random(1);
    CircuitBreaker breaker({.failures = 1, .open_for = 60s, .jitter = 0s, .probes = 2}, random);
    CircuitBreaker::TimePoint const start{};
    breaker.try_acquire(start).value().failed(start, 1);
    auto const later = start + 60s;
    auto first = breaker.try_acquire(later).value();
    auto second = breaker.try_acquire(later).value();
    EXPECT_FALSE(breaker.try_acquire(later));
    first.succeeded();
    EXPECT_FALSE(breaker.try_acquire(later));
    EXPECT_EQ(breaker.statistics().state, State::half_open);
    second.succeeded();
    EXPECT_EQ(breaker.statistics().state, State::closed);
}

TEST(CircuitBreaker, TellsOfEveryChangeOfState) {
    Random random(1);
    std::vector<CircuitBreaker::Change> changes;
    CircuitBreaker breaker(
        {.failures = 2, .open_for = 60s}, random,
        [&](CircuitBreaker::Change const& change) { changes.push_back(change); });
    CircuitBreaker::TimePoint const start{};
    for (unsigned i = 0; i < 2; ++i) breaker.try_acquire(start).value().failed(start, i);
    breaker.try_acquire(start + 60s).value().succeeded();
    breaker.reset();
    ASSERT_EQ(changes.size(), 3U);
    EXPECT_EQ(changes[0].from, State::closed);
    EXPECT_EQ(changes[0].to, State::open);
    EXPECT_EQ(changes[0].failures_in_a_row, 2U);
    EXPECT_EQ(changes[0].open_for, 60s);
    EXPECT_EQ(changes[1].to, State::half_open);
    EXPECT_EQ(changes[2].to, State::closed);
    EXPECT_EQ(breaker.statistics().failures, 2U);
}

TEST(CircuitBreaker, OpensForLongerByARandomPartOfTheJitter) {
    Random random(3);
    CircuitBreaker breaker({.failures = 1, .open_for = 60s, .jitter = 10s}, random);
    CircuitBreaker::TimePoint const start{};
    breaker.try_acquire(start).value().failed(start, 1);
    EXPECT_GT(breaker.next_attempt_at(start), start + 60s);
    EXPECT_LT(breaker.next_attempt_at(start), start + 70s);
}

TEST(CircuitBreaker, LetsExactlyOneOfFiftyThreadsProbe) {
    Random random(1);
    CircuitBreaker breaker({.failures = 50, .open_for = 1s, .jitter = 0s}, random);
    CircuitBreaker::TimePoint const start{};
    std::atomic<int> probes = 0;
    auto const at_once = [](auto const& job) {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 50; ++i) threads.emplace_back(job);
    };
    std::atomic<CircuitBreaker::Question> question = 0;
    at_once([&] { breaker.try_acquire(start).value().failed(start, ++question); });
    ASSERT_EQ(breaker.statistics().state, State::open);
    std::vector<CircuitBreaker::Permit> out;
    std::mutex mutex;
    at_once([&] {
        if (auto permit = breaker.try_acquire(start + 1s)) {
            ++probes;
            std::lock_guard const lock(mutex);
            out.push_back(std::move(*permit));
        }
    });
    EXPECT_EQ(probes, 1);
    out.front().succeeded();
    EXPECT_EQ(breaker.statistics().state, State::closed);
}

}  // namespace
}  // namespace indexer::resilience
