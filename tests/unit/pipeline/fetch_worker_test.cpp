#include "pipeline/fetch_worker.hpp"

#include <gtest/gtest.h>

#include "pipeline/range_planner.hpp"
#include "tests/support/fake_source.hpp"

namespace indexer::pipeline {
namespace {

class FetchWorkerTest : public ::testing::Test {
  protected:
    // Everything the worker delivers for seqs 10 to 14.
    std::vector<Delivery> run(unsigned patience = 100) {
        EachSeqPlanner planner({base::SeqRange::inclusive(base::Seq(10), base::Seq(14))});
        return run(planner, patience);
    }

    std::vector<Delivery> run(Planner& planner, unsigned patience = 100) {
        WriteQueue queue({.blocks = 1'000, .bytes = 1'000'000});
        FetchWorker worker(source_, planner, arbiter_, queue, tally_, memory_, patience);
        worker.run({});
        queue.close();
        return queue.pop(
            {.blocks = 1'000, .bytes = 1'000'000, .flush_interval = std::chrono::hours(1)}, {});
    }

    test::FakeSource source_{{10, 11, 12, 13, 14}, 9};
    Arbiter arbiter_{source_};
    observe::Metrics metrics_{{}};
    Tally tally_{metrics_};
    base::MemoryBudget memory_;
};

TEST_F(FetchWorkerTest, DeliversBlocks) {
    auto const deliveries = run();
    ASSERT_EQ(deliveries.size(), 5U);
    EXPECT_EQ(std::get<model::Block>(deliveries[4].what).link.seq, base::Seq(14));
    EXPECT_EQ(tally_.totals().fetched, 5U);
}

TEST_F(FetchWorkerTest, DeliversAHoleForWhatNobodyServes) {
    source_.unavailable = {12};
    auto const deliveries = run();
    ASSERT_EQ(deliveries.size(), 5U);
    auto const& hole = std::get<store::Hole>(deliveries[2].what);
    EXPECT_EQ(hole.seq, base::Seq(12));
    EXPECT_EQ(hole.reason, store::reason::kUnavailable);
    EXPECT_EQ(hole.error, "not here");
    EXPECT_EQ(hole.endpoint, "fake");
}

TEST_F(FetchWorkerTest, KeepsAnUndecodableBlockWholeAndGoesOn) {
    source_.undecodable = {11};
    auto const deliveries = run();
    ASSERT_EQ(deliveries.size(), 6U);
    auto const& letter = std::get<model::DeadLetter>(deliveries[1].what);
    EXPECT_EQ(letter.raw, "11");
    EXPECT_EQ(letter.error, "odd block");
    EXPECT_EQ(letter.endpoint, "fake");
    auto const& hole = std::get<store::Hole>(deliveries[2].what);
    EXPECT_EQ(hole.reason, store::reason::kUndecodable);
    EXPECT_EQ(hole.error, "odd block");
    EXPECT_EQ(std::get<model::Block>(deliveries[5].what).link.seq, base::Seq(14));
}

TEST_F(FetchWorkerTest, AsksOthersForABlockThatOneServesUndecodable) {
    source_.undecodable = {11};
    source_.lacking = {13};
    source_.others = {"another"};
    auto const deliveries = run();
    ASSERT_EQ(deliveries.size(), 5U);
    for (std::size_t const n : {1, 3}) {
        auto const& block = std::get<model::Block>(deliveries[n].what);
        EXPECT_EQ(block.link.seq, base::Seq(10 + n));
        EXPECT_EQ(block.endpoint, "another");
    }
    EXPECT_EQ(std::get<model::Block>(deliveries[2].what).endpoint, "fake");
}

TEST_F(FetchWorkerTest, DeliversAHoleForABlockOfWhichEveryEndpointLeavesSomethingOut) {
    source_.lacking = {12};
    auto const deliveries = run();
    ASSERT_EQ(deliveries.size(), 5U);
    auto const& hole = std::get<store::Hole>(deliveries[2].what);
    EXPECT_EQ(hole.seq, base::Seq(12));
    EXPECT_EQ(hole.reason, store::reason::kUnavailable);
    EXPECT_EQ(hole.error, "not all of it");
    EXPECT_EQ(hole.endpoint, "fake");
}

// Plans all of them as one part.
class OnePart final : public Planner {
  public:
    std::optional<base::SeqRange> next(std::stop_token /*stop*/) override {
        return std::exchange(part_, std::nullopt);
    }

  private:
    std::optional<base::SeqRange> part_ = base::SeqRange::inclusive(base::Seq(10), base::Seq(14));
};

TEST_F(FetchWorkerTest, OfAPartThatCannotBeDecodedOnlyTheBlockAtFaultIsLost) {
    source_.undecodable = {10, 12};
    OnePart planner;
    auto const deliveries = run(planner);
    ASSERT_EQ(deliveries.size(), 7U);
    EXPECT_EQ(std::get<model::DeadLetter>(deliveries[0].what).raw, "10");
    EXPECT_EQ(std::get<store::Hole>(deliveries[1].what).seq, base::Seq(10));
    EXPECT_EQ(std::get<model::Block>(deliveries[2].what).link.seq, base::Seq(11));
    EXPECT_EQ(std::get<model::DeadLetter>(deliveries[3].what).raw, "12");
    EXPECT_EQ(std::get<model::Block>(deliveries[6].what).link.seq, base::Seq(14));
}

TEST_F(FetchWorkerTest, GivesUpWhenTheEndpointFailsInARow) {
    source_.down = true;
    try {
        run(3);
        FAIL() << "did not give up";
    } catch (base::Error const& error) {
        EXPECT_EQ(error.fault(), base::Fault::endpoint);
    }
    EXPECT_EQ(source_.asked().size(), 3U);
}

}  // namespace
}  // namespace indexer::pipeline
