#include "pipeline/tally.hpp"

#include <gtest/gtest.h>

namespace indexer::pipeline {
namespace {

model::Block block(std::uint64_t seq, std::uint64_t parent) {
    return {.link = {base::Seq(seq), "h"},
            .parent = {base::Seq(parent), "h"},
            .transactions = 1,
            .rows = {},
            .dead_letters = {}};
}

TEST(Tally, KnowsWhatWasWrittenInWhateverOrder) {
    observe::Metrics metrics({});
    Tally tally(metrics);
    auto const commit = [&](std::vector<model::Block> const& blocks) {
        tally.committed(blocks, {}, {});
    };
    commit({block(0, 0)});
    commit({block(7, 5), block(12, 11)});
    commit({block(5, 3)});
    EXPECT_EQ(tally.written(), (Ranges{base::SeqRange{base::Seq(0), base::Seq(1)},
                                       base::SeqRange{base::Seq(4), base::Seq(8)},
                                       base::SeqRange{base::Seq(12), base::Seq(13)}}));
    commit({block(11, 7), block(11, 7), block(3, 0)});
    EXPECT_EQ(tally.written(), (Ranges{base::SeqRange{base::Seq(0), base::Seq(13)}}));
}

}  // namespace
}  // namespace indexer::pipeline
