#include "pipeline/tip_watch.hpp"

#include <atomic>
#include <chrono>
#include <future>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "pipeline/growing_planner.hpp"
#include "pipeline/range_planner.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_source.hpp"

namespace indexer::pipeline {
namespace {

using base::Seq;
using base::SeqRange;
using namespace std::chrono_literals;

TEST(UsualTime, IsLittleChangedByOnePartThatHangs) {
    UsualTime usual(800ms);
    EXPECT_EQ(usual.too_long(), 800ms);
    for (int part = 0; part < 100; ++part) usual.took(100ms);
    usual.took(1h);
    EXPECT_EQ(usual.too_long(), 800ms);
}

TEST(UsualTime, GrowsWithASlowEndpoint) {
    UsualTime usual(800ms);
    for (int part = 0; part < 100; ++part) usual.took(3s);
    EXPECT_GT(usual.too_long(), 5s);
}

// The seqs 1 to 9, of which 1 to 3 are asked for.
class GrowingPlannerTest : public ::testing::Test {
  protected:
    std::future<std::optional<SeqRange>> next_in_a_thread() {
        return std::async(std::launch::async, [this] { return planner_.next({}); });
    }
    static SeqRange single(std::uint64_t seq) { return SeqRange::single(Seq(seq)); }

    test::FakeClock clock_{test::FakeClock::Sleeping::waits};
    test::FakeSource source_{{1, 2, 3, 4, 5, 6, 7, 8, 9}};
    EachSeqPlanner inner_{{{Seq(1), Seq(2)}}};
    UsualTime usual_{800ms};
    GrowingPlanner planner_{inner_, source_, Seq(2), clock_, usual_};
};

TEST_F(GrowingPlannerTest, EndsWithTheLastPart) {
    EXPECT_EQ(planner_.next({}), single(1));
    EXPECT_EQ(planner_.next({}), std::nullopt);
    planner_.grow(Seq(9), {});
    EXPECT_EQ(planner_.next({}), std::nullopt);
    EXPECT_EQ(planner_.end(), Seq(2));
}

TEST_F(GrowingPlannerTest, HandsOutWhatHasComeWhileAPartIsHeldUp) {
    EXPECT_EQ(planner_.next({}), single(1));
    EXPECT_FALSE(planner_.is_held_up()) << "nobody waits";
    TipGuard guard(source_);
    std::vector<Seq> heard;
    TipWatch watch(guard, clock_, {.usual = 5s, .held_up = 400ms},
                   [&](Seq tip) { heard.push_back(tip); });
    watch.during(planner_, [&] {
        auto second = next_in_a_thread();
        // This thread's part is still out, so the other one waits until the tip was asked for.
        while (second.wait_for(0s) != std::future_status::ready) {
            clock_.wait_for_sleepers(1);
            clock_.advance(400ms);
        }
        EXPECT_EQ(second.get(), single(2));
    });
    ASSERT_FALSE(heard.empty());
    EXPECT_EQ(heard.front(), Seq(9));
    EXPECT_EQ(planner_.end(), Seq(10));
}

TEST_F(GrowingPlannerTest, IsAskedForTheTipNowAndThenWhileNothingIsHeldUp) {
    TipGuard guard(source_);
    std::atomic<int> heard = 0;
    TipWatch watch(guard, clock_, {.usual = 5s, .held_up = 400ms}, [&](Seq) { ++heard; });
    watch.during(planner_, [&] {
        EXPECT_EQ(planner_.next({}), single(1));
        for (int sleep = 1; sleep <= 26; ++sleep) {
            clock_.wait_for_sleeps(static_cast<std::size_t>(sleep));
            clock_.wait_for_sleepers(1);
            clock_.advance(400ms);
        }
        clock_.wait_for_sleeps(27);
    });
    EXPECT_EQ(heard, 2) << "in 10.4 s";
}

TEST_F(GrowingPlannerTest, AStopEndsTheWait) {
    EXPECT_EQ(planner_.next({}), single(1));
    std::stop_source stop;
    auto waiting = std::async(std::launch::async, [&] { return planner_.next(stop.get_token()); });
    stop.request_stop();
    EXPECT_EQ(waiting.get(), std::nullopt);
}

}  // namespace
}  // namespace indexer::pipeline
