#include "pipeline/tip_guard.hpp"

#include <cstdint>

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_source.hpp"

namespace indexer::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kAbsurd = 1'000'000'000'000'000;

class TipGuardTest : public ::testing::Test {
  protected:
    std::uint64_t heard(std::uint64_t told) {
        source_.told_tips = {told};
        return guard_.ask(clock_.now(), {}).value();
    }

    test::FakeClock clock_;
    test::FakeSource source_{{1'000, 1'001}};
    TipGuard guard_{source_};
};

TEST_F(TipGuardTest, BelievesWhatTimeAllows) {
    EXPECT_EQ(heard(5'000), 5'000U);
    clock_.advance(1s);
    EXPECT_EQ(heard(5'005), 5'005U);
    clock_.advance(10min);  // a node that hung
    EXPECT_EQ(heard(8'005), 8'005U);
}

TEST_F(TipGuardTest, BelievesOneEndpointAloneNoFurtherThanTimeAllows) {
    EXPECT_EQ(heard(5'000), 5'000U);
    clock_.advance(10s);
    EXPECT_EQ(heard(kAbsurd), 5'000U + 1'000 + 1'000);
    EXPECT_EQ(heard(5'050), 5'050U) << "what was not believed is forgotten";
    EXPECT_EQ(heard(kAbsurd), 5'050U + 1'000);
}

TEST_F(TipGuardTest, BelievesTwoEndpoints) {
    EXPECT_EQ(heard(5'000), 5'000U);
    source_.each_tip = {base::Seq(5'000), base::Seq(89'990), base::Seq(90'000)};
    EXPECT_EQ(heard(90'000), 90'000U);
}

TEST_F(TipGuardTest, BelievesATipThatGoesBack) {
    EXPECT_EQ(heard(5'000), 5'000U);
    EXPECT_EQ(heard(4'000), 4'000U);
    EXPECT_EQ(heard(5'900), 5'900U) << "the highest heard still counts";
}

TEST_F(TipGuardTest, ForgetsAFirstTipThatWasNone) {
    EXPECT_EQ(heard(2'000'000'000), 2'000'000'000U);
    for (int question = 0; question < 30; ++question) EXPECT_EQ(heard(5'000), 5'000U);
    EXPECT_EQ(heard(1'000'000'000), 6'000U);
}

TEST(TipWithBlocks, AsksAgainWhereNoBlockIsNear) {
    test::FakeClock clock;
    test::FakeSource source({1'000, 1'001});
    source.told_tips = {kAbsurd};
    EXPECT_EQ(tip_with_blocks(source, clock, {}), base::Seq(1'001));
}

TEST(TipWithBlocks, GivesUpWhereItStaysSo) {
    test::FakeClock clock;
    test::FakeSource source({1'000, 1'001});
    source.told_tips = {kAbsurd, kAbsurd, kAbsurd};
    try {
        static_cast<void>(tip_with_blocks(source, clock, {}));
        FAIL();
    } catch (base::Error const& error) {
        EXPECT_EQ(error.fault(), base::Fault::endpoint);
    }
}

}  // namespace
}  // namespace indexer::pipeline
