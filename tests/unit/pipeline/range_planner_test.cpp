#include "pipeline/range_planner.hpp"

#include <algorithm>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "tests/support/fake_source.hpp"

namespace indexer::pipeline {
namespace {

base::SeqRange range(std::uint64_t first, std::uint64_t last) {
    return base::SeqRange::inclusive(base::Seq(first), base::Seq(last));
}

std::vector<std::uint64_t> drain(Planner& planner) {
    std::vector<std::uint64_t> seqs;
    while (auto const part = planner.next({})) {
        for (auto seq = part->begin; seq < part->end; seq = seq.next()) {
            seqs.push_back(seq.value());
        }
    }
    return seqs;
}

TEST(ListedPlanner, HandsOutListedBlocksInsideTheGapsOnly) {
    test::FakeSource source({3, 5, 8, 9, 14}, 2);
    ListedPlanner planner(source, {range(5, 8), range(10, 20)});
    EXPECT_EQ(drain(planner), (std::vector<std::uint64_t>{5, 8, 14}));
}

TEST(ListedPlanner, CrossesWindowsWithoutBlocks) {
    test::FakeSource source({1, 45'000}, 0);
    ListedPlanner planner(source, {range(2, 50'000)});
    EXPECT_EQ(drain(planner), (std::vector<std::uint64_t>{45'000}));
}

TEST(ListedPlanner, StopsWhenTold) {
    test::FakeSource source({1, 2, 3}, 0);
    ListedPlanner planner(source, {range(1, 3)});
    std::stop_source stop;
    stop.request_stop();
    EXPECT_FALSE(planner.next(stop.get_token()));
}

// Whatever the gaps (single seqs among them), every seq of them comes once and no other.
TEST(EachSeqPlanner, CoversEverySeqOfTheGapsOnce) {
    std::mt19937_64 random(42);
    for (int round = 0; round < 200; ++round) {
        std::vector<base::SeqRange> gaps;
        std::vector<std::uint64_t> expected;
        for (std::uint64_t at = 0; gaps.size() < 5;) {
            at += 1 + random() % 5;
            std::uint64_t const last = at + random() % 4;
            gaps.push_back(range(at, last));
            for (; at <= last; ++at) expected.push_back(at);
        }
        EachSeqPlanner planner(gaps);
        EXPECT_EQ(drain(planner), expected);
    }
}

}  // namespace
}  // namespace indexer::pipeline
