#include "resilience/limiter.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <ostream>
#include <random>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace indexer::resilience {
namespace {

using namespace std::chrono_literals;
using TimePoint = Limiter::TimePoint;
using Duration = Limiter::Duration;

constexpr TimePoint kStart{1000s};
constexpr auto kMethod = "getBlock";

// A server that serves so many calls a second, and as many at once after a quiet second, each
// after `latency`; as the simulator and many real ones do.
struct Server {
    double per_second;
    Duration latency;
    unsigned refuses_one_of = 0;  // whatever the rate; 0: none
    double tokens = per_second;
    TimePoint counted = kStart;
    std::minstd_rand random{};

    bool serves(TimePoint now) {
        if (refuses_one_of > 0 && random() % refuses_one_of == 0) return false;
        std::chrono::duration<double> const passed = now - counted;
        counted = now;
        tokens = std::min(per_second, tokens + passed.count() * per_second);
        if (tokens < 1) return false;
        tokens -= 1;
        return true;
    }
};

struct Books {
    int served = 0;
    int refused = 0;
    int most_at_once = 0;
};

// Workers that call a server as fast as the limiter lets them. Time is simulated.
class Crowd {
  public:
    Crowd(Limiter& limiter, Server& server, int workers)
        : limiter_(limiter), server_(server), idle_(workers) {}

    Books until(TimePoint end) {
        books_ = {};
        for (; now_ < end; now_ += 1ms) step();
        return books_;
    }

  private:
    struct Call {
        TimePoint ends;
        bool served;
        Limiter::Permit permit;
    };

    void step() {
        for (std::size_t i = 0; i < calls_.size();) {
            calls_[i]->ends <= now_ ? finish(i) : static_cast<void>(++i);
        }
        while (idle_ > 0) {
            auto permit = limiter_.try_acquire(kMethod, now_);
            if (!permit) break;
            --idle_;
            calls_.push_back(std::make_unique<Call>(
                Call{now_ + server_.latency, server_.serves(now_), std::move(*permit)}));
        }
        books_.most_at_once = std::max(books_.most_at_once, static_cast<int>(calls_.size()));
    }

    void finish(std::size_t i) {
        auto& call = *calls_[i];
        call.served ? call.permit.served(now_) : call.permit.too_fast(now_);
        ++(call.served ? books_.served : books_.refused);
        ++idle_;
        calls_.erase(calls_.begin() + static_cast<std::ptrdiff_t>(i));
    }

    Limiter& limiter_;
    Server& server_;
    int idle_;
    TimePoint now_ = kStart;
    Books books_;
    std::vector<std::unique_ptr<Call>> calls_;
};

// So many refusals are about the rate, however seldom the calls.
void refuse_in_a_row(Limiter& limiter, char const* method, TimePoint now) {
    for (int call = 0; call < 6; ++call) limiter.try_acquire(method, now).value().too_fast(now);
}

struct Shape {
    double per_second;
    Duration latency;
    int workers;
};

std::ostream& operator<<(std::ostream& out, Shape const& shape) {
    return out << shape.per_second << " a second, " << shape.latency / 1ms << " ms, "
               << shape.workers << " workers";
}

class LearnsALimit : public testing::TestWithParam<Shape> {};

// What is asked for: nine tenths of what the server allows, under a twentieth refused once the
// first ten seconds are over.
TEST_P(LearnsALimit, AndStaysJustBelowIt) {
    auto const [per_second, latency, workers] = GetParam();
    Limiter limiter({}, kStart);
    Server server{.per_second = per_second, .latency = latency};
    Crowd crowd(limiter, server, workers);
    auto const first = crowd.until(kStart + 10s);
    auto const rest = crowd.until(kStart + 60s);
    EXPECT_GE(first.served + rest.served, 0.9 * 60 * per_second);
    EXPECT_GE(rest.served, 0.9 * 50 * per_second);
    EXPECT_LT(rest.refused, 0.05 * (rest.served + rest.refused));
}

INSTANTIATE_TEST_SUITE_P(, LearnsALimit,
                         testing::Values(Shape{40, 10ms, 20}, Shape{40, 100ms, 20},
                                         Shape{40, 300ms, 20}, Shape{40, 1ms, 20},
                                         Shape{5, 50ms, 20}, Shape{200, 40ms, 50}));

TEST(Limiter, FindsALimitThatHasRisen) {
    Limiter limiter({}, kStart);
    Server server{.per_second = 10, .latency = 20ms};
    Crowd crowd(limiter, server, 20);
    crowd.until(kStart + 30s);
    server.per_second = 100;
    crowd.until(kStart + 60s);
    EXPECT_GE(crowd.until(kStart + 90s).served, 0.9 * 30 * 100);
}

// A fifth of the calls is refused whatever their rate.
TEST(Limiter, IsNotStoppedByRefusalsThatHaveNothingToDoWithItsRate) {
    Limiter limiter({}, kStart);
    auto now = kStart;
    for (int call = 0; call < 100; ++call) {
        now += 10ms;
        limiter.try_acquire(kMethod, now).value().served(now);
    }
    for (int call = 0; call < 1'000; ++call) {
        now = std::max(now + 1ms, limiter.next_attempt_at(kMethod, now, 0));
        auto permit = limiter.try_acquire(kMethod, now).value();
        call % 5 == 0 ? permit.too_fast(now) : permit.served(now);
    }
    EXPECT_LT(now, kStart + 60s);
}

TEST(Limiter, GrowsInSpiteOfRefusalsThatSlownessDoesNotEnd) {
    Limiter limiter({}, kStart);
    Server server{.per_second = 1e9, .latency = 1s, .refuses_one_of = 10};  // a slow beginning
    Crowd crowd(limiter, server, 10);
    crowd.until(kStart + 5s);
    server.latency = 10ms;
    crowd.until(kStart + 60s);
    EXPECT_GE(crowd.until(kStart + 120s).served, 60 * 100);
}

TEST(Limiter, FindsALimitAmongRefusalsThatHaveNothingToDoWithIt) {
    Limiter limiter({}, kStart);
    Server server{.per_second = 40, .latency = 20ms, .refuses_one_of = 20};
    Crowd crowd(limiter, server, 20);
    crowd.until(kStart + 30s);
    auto const books = crowd.until(kStart + 150s);
    EXPECT_GE(books.served, 0.5 * 120 * 40);
    EXPECT_LT(books.refused, 0.25 * (books.served + books.refused));
}

TEST(Limiter, DoesNotTakeASeldomCallForOneThatMustBeSeldom) {
    Limiter limiter({}, kStart);
    auto now = kStart;
    for (int call = 0; call < 5; ++call) {
        now += 10s;
        limiter.try_acquire(kMethod, now).value().served(now);
    }
    now += 10s;
    limiter.try_acquire(kMethod, now).value().too_fast(now);
    EXPECT_LE(limiter.next_attempt_at(kMethod, now, 0), now + 1s);
}

// As a poller asks for the tip, of a node that refuses a tenth of the calls whatever their rate.
TEST(Limiter, DoesNotSlowAPollerForRefusalsNowAndThen) {
    Limiter limiter({}, kStart);
    auto now = kStart;
    for (int call = 1; call <= 300; ++call) {
        now += 400ms;
        auto permit = limiter.try_acquire(kMethod, now);
        ASSERT_TRUE(permit) << call;
        call % 10 == 0 ? permit->too_fast(now) : permit->served(now);
    }
}

TEST(Limiter, HasNoLimitUntilItMeetsOne) {
    Limiter limiter({}, kStart);
    Server server{.per_second = 1e9, .latency = 10ms};
    EXPECT_EQ(Crowd(limiter, server, 50).until(kStart + 1s).most_at_once, 50);
    EXPECT_FALSE(limiter.statistics(kStart).front().per_second);
}

TEST(Limiter, KeepsBelowTheRateItIsTold) {
    Limiter limiter({.per_second = 40}, kStart);
    Server server{.per_second = 1e9, .latency = 10ms};
    auto const books = Crowd(limiter, server, 20).until(kStart + 60s);
    EXPECT_LE(books.served, 60 * 40 + 4);
    EXPECT_GE(books.served, 60 * 40 - 4);
}

TEST(Limiter, CountsEveryMethodAgainstTheRateItIsTold) {
    Limiter limiter({.per_second = 1}, kStart);
    EXPECT_TRUE(limiter.try_acquire("getSlot", kStart));
    EXPECT_FALSE(limiter.try_acquire("getBlock", kStart));
    EXPECT_EQ(limiter.next_attempt_at("getBlock", kStart, 0), kStart + 1s);
    EXPECT_TRUE(limiter.try_acquire("getBlock", kStart + 1s));
}

TEST(Limiter, TellsEachWhoWaitsATimeOfItsOwn) {
    Limiter limiter({.per_second = 2}, kStart);
    EXPECT_TRUE(limiter.try_acquire(kMethod, kStart));
    EXPECT_EQ(limiter.next_attempt_at(kMethod, kStart, 0), kStart + 500ms);
    EXPECT_EQ(limiter.next_attempt_at(kMethod, kStart, 2), kStart + 1500ms);
}

TEST(Limiter, LearnsOfEachMethodByItself) {
    Limiter limiter({}, kStart);
    { auto const early = limiter.try_acquire("getBlock", kStart); }
    auto const now = kStart + 2s;
    refuse_in_a_row(limiter, "getBlock", now);
    EXPECT_FALSE(limiter.try_acquire("getBlock", now));
    EXPECT_TRUE(limiter.try_acquire("getSlot", now));
    EXPECT_TRUE(limiter.try_acquire("getSlot", now));
}

class Concurrency : public testing::Test {
  protected:
    void begin(int calls) {
        for (int i = 0; i < calls; ++i) {
            permits.push_back(limiter.try_acquire(kMethod, now).value());
        }
    }
    unsigned limit() const {
        auto const methods = limiter.statistics(now);
        return methods.empty() ? 1'000 : methods.front().concurrency;
    }

    TimePoint now = kStart;
    Limiter limiter{{}, kStart};
    std::vector<Limiter::Permit> permits;
};

TEST_F(Concurrency, HalvesOnceForCallsThatTimeOutTogether) {
    begin(20);
    now += 1s;
    for (auto& permit : permits) permit.overloaded(now);
    EXPECT_EQ(limit(), 10U);
}

TEST_F(Concurrency, GrowsByLittleInEachRoundOfCalls) {
    begin(20);
    for (auto& permit : permits) permit.overloaded(now);
    EXPECT_EQ(limit(), 10U);
    for (int round = 0; round < 3; ++round) {
        permits.clear();
        begin(10);
        now += 1ms;
        for (auto& permit : permits) permit.served(now);
    }
    EXPECT_GE(limit(), 11U);
    EXPECT_LE(limit(), 13U);
}

TEST_F(Concurrency, HalvesWhenAnswersTakeTwiceAsLong) {
    auto const serve = [&](int calls, Duration latency) {
        for (int i = 0; i < calls; ++i) {
            permits.clear();
            begin(8 < limit() ? 8 : static_cast<int>(limit()));
            now += latency;
            for (auto& permit : permits) permit.served(now);
        }
    };
    serve(100, 100ms);
    EXPECT_EQ(limit(), 1'000U);
    serve(3, 400ms);
    EXPECT_LE(limit(), 8U);
    EXPECT_GE(limit(), 2U);
}

TEST_F(Concurrency, AFullOneIsWaitedForUntilACallEnds) {
    begin(2);
    permits.pop_back();
    permits.front().overloaded(now += 1s);
    permits.clear();
    begin(1);
    EXPECT_FALSE(limiter.try_acquire(kMethod, now));
    EXPECT_EQ(limiter.next_attempt_at(kMethod, now, 0), TimePoint::max());
    permits.clear();
    EXPECT_TRUE(limiter.try_acquire(kMethod, now));
}

TEST(Limiter, WaitsWhenTheCallsUnderWayUseUpWhatIsLeft) {
    Limiter limiter({}, kStart);
    auto const first = limiter.try_acquire(kMethod, kStart);
    limiter.remaining(kMethod, 2, 2s, kStart);
    auto const second = limiter.try_acquire(kMethod, kStart);
    ASSERT_TRUE(second);
    limiter.remaining(kMethod, 2, 2s, kStart);
    EXPECT_FALSE(limiter.try_acquire(kMethod, kStart + 2s - 1ns));
    EXPECT_EQ(limiter.next_attempt_at(kMethod, kStart, 0), kStart + 2s);
    EXPECT_TRUE(limiter.try_acquire("getSlot", kStart));
    limiter.remaining("", 0, 3s, kStart);
    EXPECT_FALSE(limiter.try_acquire("getSlot", kStart + 2s));
    EXPECT_TRUE(limiter.try_acquire("getSlot", kStart + 3s));
}

TEST(Limiter, ForgetsWhatItLearntWhenReset) {
    Limiter limiter({}, kStart);
    { auto const early = limiter.try_acquire(kMethod, kStart); }
    auto const now = kStart + 2s;
    refuse_in_a_row(limiter, kMethod, now);
    limiter.remaining("", 0, 3s, now);
    EXPECT_FALSE(limiter.try_acquire(kMethod, now));
    limiter.reset();
    auto const one = limiter.try_acquire(kMethod, now);
    EXPECT_TRUE(one);
    EXPECT_TRUE(limiter.try_acquire(kMethod, now));
    EXPECT_FALSE(limiter.statistics(now).front().per_second);
}

TEST(Limiter, KeepsCountWithFiftyThreads) {
    Limiter limiter({}, kStart);
    std::atomic<int> ended = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 50; ++thread) {
        threads.emplace_back([&, thread] {
            auto now = kStart;
            for (int i = 0; i < 200; ++i) {
                now += 10ms;
                auto permit = limiter.try_acquire(kMethod, now);
                if (!permit) continue;
                if (i % 50 == 1) {
                    permit->too_fast(now);
                } else if (i % 3 > 0) {
                    permit->served(now + 1ms);
                }
                ++ended;
                (void)limiter.next_attempt_at(kMethod, now, static_cast<unsigned>(thread));
                (void)limiter.statistics(now);
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_GT(ended, 0);
    EXPECT_EQ(limiter.statistics(kStart).front().in_flight, 0U);
}

}  // namespace
}  // namespace indexer::resilience
