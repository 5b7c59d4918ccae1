#include "resilience/retry.hpp"

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/fake_clock.hpp"

namespace indexer::resilience {
namespace {

using namespace std::chrono_literals;
using base::Error;
using base::Fault;
using base::Recovery;

Error failure(std::string const& what, Recovery recovery = Recovery::retry_here) {
    return Error(Fault::endpoint, recovery, what, "lower --rps");
}

class Retry : public testing::Test {
  protected:
    RetryPolicy policy{.max_attempts = 6, .backoff = {.base = 1s, .cap = 30s}};
    test::FakeClock clock;
    Random random{5};
    std::stop_source stop;
    base::Clock::TimePoint const start = clock.now();

    Attempts attempts() { return Attempts("solana: getBlock 5", policy, clock, random); }

    // How an error ends a retry that always fails the same way.
    Error outcome(Error const& error) {
        auto all = attempts();
        try {
            retry(all, stop.get_token(), [&] { throw error; });
        } catch (Error const& last) {
            return last;
        }
        return failure("nothing was thrown");
    }
};

TEST_F(Retry, ReturnsTheResultOfTheFirstAttemptThatSucceeds) {
    auto all = attempts();
    int calls = 0;
    auto const result = retry(all, stop.get_token(), [&] {
        if (++calls < 4) throw failure("timeout");
        return calls * 10;
    });
    EXPECT_EQ(result, 40);
    EXPECT_GT(clock.now(), start);
}

TEST_F(Retry, GivesUpAfterTheLastAttemptWithEqualReasonsMerged) {
    auto all = attempts();
    int calls = 0;
    try {
        retry(all, stop.get_token(), [&] {
            clock.advance(++calls == 6 ? 10s : 1s);
            throw failure(calls == 6 ? "timeout after 10 s" : "HTTP 429");
        });
        FAIL() << "did not give up";
    } catch (Error const& error) {
        auto const seconds = std::chrono::floor<std::chrono::seconds>(clock.now() - start).count();
        EXPECT_EQ(error.what(), "solana: getBlock 5: gave up after 6 attempts in " +
                                    std::to_string(seconds) +
                                    " s: HTTP 429 (5x), timeout after 10 s");
        EXPECT_EQ(error.fault(), Fault::endpoint);
        EXPECT_EQ(error.recovery(), Recovery::never);
        EXPECT_EQ(error.hint(), "lower --rps");
    }
}

TEST_F(Retry, PassesOnAnErrorThatTryingAgainCannotMend) {
    EXPECT_STREQ(outcome(failure("not allowed", Recovery::never)).what(), "not allowed");
    EXPECT_EQ(clock.now(), start);
}

TEST_F(Retry, MakesASingleAttemptWhenOnlyOneIsAllowed) {
    policy.max_attempts = 1;
    EXPECT_STREQ(outcome(failure("refused")).what(),
                 "solana: getBlock 5: gave up after 1 attempt in 0 ms: refused");
}

TEST_F(Retry, EndsAtOnceWhenToldToStop) {
    stop.request_stop();
    EXPECT_EQ(outcome(failure("refused")).fault(), Fault::stopped);
}

TEST_F(Retry, TriesEveryOtherPlaceBeforeItWaits) {
    policy.places = 3;
    auto all = attempts();
    std::vector<bool> waited;
    for (int i = 0; i < 5; ++i) {
        auto const before = clock.now();
        all.failed(failure("refused", Recovery::retry_elsewhere));
        all.wait(stop.get_token());
        waited.push_back(clock.now() > before);
    }
    EXPECT_EQ(waited, (std::vector<bool>{false, false, true, false, false}));
}

TEST_F(Retry, WaitsAsLongAsRetryAfterAsksWhenThatIsLonger) {
    auto all = attempts();
    all.failed(failure("HTTP 429"));
    all.not_before(start + 100s);
    all.wait(stop.get_token());
    EXPECT_EQ(clock.now(), start + 100s);
    all.failed(failure("HTTP 429"));
    all.not_before(start);
    all.wait(stop.get_token());
    EXPECT_GT(clock.now(), start + 100s);
}

TEST_F(Retry, PausesWithoutUsingAnAttempt) {
    policy.max_attempts = 2;
    auto all = attempts();
    for (int i = 1; i <= 10; ++i) {
        all.pausing_until(start + i * 60s, failure("breaker open"));
        clock.advance(60s);
    }
    EXPECT_NO_THROW(all.failed(failure("timeout")));
}

TEST_F(Retry, GivesUpInsteadOfWaitingPastItsTime) {
    policy.max_elapsed = 90s;
    auto all = attempts();
    all.failed(failure("HTTP 429"));
    all.not_before(start + 91s);
    EXPECT_THROW(all.wait(stop.get_token()), Error);
    EXPECT_EQ(clock.now(), start);
}

TEST_F(Retry, SaysWhyItWasPausedWhenItsTimeIsOver) {
    policy.max_elapsed = 90s;
    auto all = attempts();
    all.failed(failure("HTTP 500"));
    clock.advance(41s);
    try {
        all.pausing_until(start + 100s, failure("paused after failures"));
        FAIL() << "did not give up";
    } catch (Error const& error) {
        EXPECT_STREQ(error.what(),
                     "solana: getBlock 5: gave up after 1 attempt in 41 s: HTTP 500, "
                     "paused after failures");
    }
}

}  // namespace
}  // namespace indexer::resilience
