#include "observe/health.hpp"

#include <gtest/gtest.h>

#include "tests/support/fake_clock.hpp"

namespace indexer::observe {
namespace {

using base::Seq;
using namespace std::chrono_literals;

class HealthTest : public ::testing::Test {
  protected:
    // A range of 1,000 seqs from 0 of which the first `proven` are proven.
    static Vitals proven(std::uint64_t proven) {
        return {.next = Seq(proven), .missing = 1'000 - proven, .proven = proven};
    }
    // The database says the same for some time.
    void answer_for(base::Clock::Duration time, Vitals const& vitals) {
        for (auto end = clock_.now() + time; clock_.now() < end; clock_.advance(5s)) {
            health_.database_answered(vitals);
        }
        health_.database_answered(vitals);
    }

    test::FakeClock clock_;
    Health health_{{.stall_after = 60s, .database_patience = 15s, .ready_lag = 150}, clock_};
};

TEST_F(HealthTest, IsNotHealthyBeforeTheDatabaseAnswered) {
    auto const standing = health_.standing();
    EXPECT_FALSE(standing.healthy);
    EXPECT_FALSE(standing.vitals);
    EXPECT_FALSE(standing.lag);
}

TEST_F(HealthTest, IsHealthyWhileTheProvenPartGrows) {
    for (std::uint64_t seqs = 0; seqs < 20; ++seqs) {
        answer_for(30s, proven(seqs));
        EXPECT_TRUE(health_.standing().healthy) << seqs;
    }
}

TEST_F(HealthTest, IsNotHealthyWhenNothingNewIsProvenForTooLong) {
    answer_for(60s, proven(10));
    EXPECT_TRUE(health_.standing().healthy);
    answer_for(5s, proven(10));
    EXPECT_FALSE(health_.standing().healthy);
    EXPECT_FALSE(health_.standing().progressing);
    EXPECT_EQ(health_.standing().progress_age, 65s);
    health_.database_answered(proven(11));
    EXPECT_TRUE(health_.standing().healthy);
}

TEST_F(HealthTest, IsHealthyForEverWhenNothingIsMissing) {
    answer_for(600s, proven(1'000));
    EXPECT_TRUE(health_.standing().healthy);
}

TEST_F(HealthTest, IsHealthyWhileTheWatermarkWaitsAtAHoleAndMoreIsProvenBehindIt) {
    for (std::uint64_t seqs = 10; seqs < 30; ++seqs) {
        answer_for(30s, {.next = Seq(10), .missing = 1'000 - seqs, .gaps = 1, .proven = seqs});
    }
    EXPECT_TRUE(health_.standing().healthy);
}

TEST_F(HealthTest, IsNotHealthyWhenTheDatabaseFails) {
    health_.database_answered(proven(10));
    health_.database_failed();
    EXPECT_FALSE(health_.standing().healthy);
    EXPECT_FALSE(health_.standing().database_reachable);
    health_.database_answered(proven(10));
    EXPECT_TRUE(health_.standing().healthy);
}

TEST_F(HealthTest, IsNotHealthyWhenTheDatabaseSaysNothing) {
    health_.database_answered(proven(10));
    clock_.advance(15s);
    EXPECT_TRUE(health_.standing().database_reachable);
    clock_.advance(1s);
    EXPECT_FALSE(health_.standing().database_reachable);
}

TEST_F(HealthTest, IsNotHealthyWhenNoEndpointMayBeCalled) {
    health_.database_answered(proven(10));
    health_.endpoints_usable(false);
    EXPECT_FALSE(health_.standing().breaker_closed);
    EXPECT_FALSE(health_.standing().healthy);
    EXPECT_TRUE(health_.standing().progressing);
}

TEST_F(HealthTest, IsReadyOnlyWhileTheLagIsSmall) {
    health_.database_answered(proven(500));
    EXPECT_FALSE(health_.standing().ready) << "the tip is not known";
    health_.tip_is(Seq(499));
    EXPECT_EQ(health_.standing().lag, 0U);
    EXPECT_TRUE(health_.standing().ready);
    health_.tip_is(Seq(649));
    EXPECT_EQ(health_.standing().lag, 150U);
    EXPECT_TRUE(health_.standing().ready);
    health_.tip_is(Seq(650));
    EXPECT_FALSE(health_.standing().ready);
    health_.tip_is(Seq(400));
    EXPECT_EQ(health_.standing().lag, 0U) << "a node whose tip went back";
    health_.database_failed();
    EXPECT_FALSE(health_.standing().ready);
}

TEST_F(HealthTest, ComparesTipAndWatermarkOfTheSameMoment) {
    health_.tip_is(Seq(510));
    health_.database_answered(proven(509));
    health_.tip_is(Seq(600));
    EXPECT_EQ(health_.standing().lag, 2U);
    EXPECT_EQ(health_.standing().tip, Seq(600));
    health_.database_failed();
    EXPECT_EQ(health_.standing().lag, 92U) << "it grows while the database does not answer";
}

TEST_F(HealthTest, TellsHowFarEndpointsStillGoBack) {
    health_.first_available_is(Seq(400));
    EXPECT_FALSE(health_.standing().headroom) << "what is proven is not known";
    health_.database_answered(proven(500));
    EXPECT_EQ(health_.standing().headroom, 100U);
    health_.first_available_is(Seq(501));
    EXPECT_EQ(health_.standing().headroom, 0U);
}

TEST_F(HealthTest, EstimatesFromThePaceOfTheLastMinute) {
    health_.database_answered(proven(0));
    EXPECT_FALSE(health_.standing().eta);
    clock_.advance(10s);
    health_.database_answered(proven(100));
    EXPECT_EQ(health_.standing().eta, 90s);
    answer_for(120s, proven(100));
    EXPECT_FALSE(health_.standing().eta) << "nothing moved for more than a minute";
    health_.database_answered(proven(1'000));
    EXPECT_EQ(health_.standing().eta, 0s);
}

TEST_F(HealthTest, SamplesSayWhatIsKnown) {
    Metrics metrics({});
    auto const collected =
        metrics.collect([this](Samples& samples) { add_samples(samples, health_.standing()); });
    auto const before = metrics.text();
    EXPECT_EQ(before.find("indexer_proven_seq"), std::string::npos);
    EXPECT_NE(before.find("indexer_healthy 0\n"), std::string::npos);
    health_.database_answered(proven(500));
    health_.tip_is(Seq(510));
    health_.first_available_is(Seq(400));
    clock_.advance(7s);
    auto const text = metrics.text();
    for (auto const* const line :
         {"indexer_proven_seq 499\n", "indexer_tip_seq 510\n", "indexer_lag_seqs 11\n",
          "indexer_headroom_seqs 100\n", "indexer_missing_seqs 500\n", "indexer_healthy 1\n",
          "indexer_ready 1\n", "indexer_progress_age_seconds 7\n", "indexer_tip_age_seconds 7\n",
          "indexer_database_reachable 1\n"}) {
        EXPECT_NE(text.find(line), std::string::npos) << line << text;
    }
}

}  // namespace
}  // namespace indexer::observe
