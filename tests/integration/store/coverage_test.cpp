#include "store/coverage.hpp"

#include <algorithm>
#include <numeric>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "pg/error.hpp"
#include "store/writer.hpp"
#include "tests/integration/store/migrated_database.hpp"
#include "tests/support/fake_source.hpp"

namespace indexer::store {
namespace {

base::SeqRange range(std::uint64_t first, std::uint64_t last) {
    return base::SeqRange::inclusive(base::Seq(first), base::Seq(last));
}

class CoverageTest : public MigratedDatabase {
  protected:
    void SetUp() override {
        MigratedDatabase::SetUp();
        if (IsSkipped()) return;
        pool_.emplace(connection_options(),
                      pg::PoolOptions{.max_open = 10,
                                      .max_idle = 10,
                                      .max_lifetime = std::chrono::hours(1),
                                      .max_idle_time = std::chrono::hours(1)},
                      base::steady_clock());
        coverage_.emplace(*pool_, dataset_);
        writer_.emplace(*pool_, dataset_, 100);
    }

    void store(model::Block block) { writer_->write(std::span(&block, 1), {}); }

    Dataset dataset_{.chain = "fake", .content = "blocks"};
    std::optional<pg::Pool> pool_;
    std::optional<Coverage> coverage_;
    std::optional<Writer> writer_;
};

TEST_F(CoverageTest, TwoBlocksThatLinkProveTheSeqsBetweenThemAbsent) {
    test::FakeSource chain({10, 14}, 7);
    store(chain.block(10));
    store(chain.block(14));
    auto const segments = coverage_->segments({});
    ASSERT_EQ(segments.size(), 1U);
    EXPECT_EQ(segments[0].seqs, range(10, 14));
    EXPECT_EQ(segments[0].blocks, 2U);
    EXPECT_EQ(segments[0].skipped, 3U);
    EXPECT_EQ(segments[0].transactions, 2U);
    EXPECT_EQ(segments[0].left, (model::Link{base::Seq(7), "hash7"}));
    EXPECT_EQ(segments[0].right, (model::Link{base::Seq(14), "hash14"}));
}

TEST_F(CoverageTest, ABlockAloneProvesNothingAbout) {
    test::FakeSource chain({10, 14}, 7);
    store(chain.block(14));
    EXPECT_EQ(coverage_->gaps(range(8, 14), {}), (std::vector{range(8, 13)}));
    coverage_->add_absent(range(11, 13), {base::Seq(10), "hash10"}, {}, {});
    EXPECT_EQ(coverage_->gaps(range(8, 14), {}), (std::vector{range(8, 10)}));
    store(chain.block(10));
    EXPECT_EQ(coverage_->gaps(range(8, 14), {}), (std::vector{range(8, 9)}));
    EXPECT_EQ(coverage_->segments({}).size(), 1U);
}

// As it was: a run that lies inside another was never compared with it.
TEST_F(CoverageTest, ABlockOfAGroupThatNamesAParentFarBelowSwallowsNoneOfIt) {
    test::FakeSource chain({10, 11, 12, 13, 14}, 9);
    std::vector group{chain.block(10), chain.block(11), chain.block(12), chain.block(13)};
    group[2].parent.seq = base::Seq(0);
    EXPECT_THROW(writer_->write(group, {}), pg::Error);
    EXPECT_TRUE(coverage_->segments({}).empty());
}

TEST_F(CoverageTest, AHiddenBlockShowsWhereTheHeightJumpsByTwo) {
    test::FakeSource chain({10, 11, 12}, 9);
    auto const with_height = [&](std::uint64_t seq) {
        auto block = chain.block(seq);
        block.height = static_cast<std::int64_t>(seq);
        return block;
    };
    auto linked_again = with_height(12);
    linked_again.parent = chain.block(10).link;
    store(with_height(10));
    EXPECT_THROW(store(linked_again), pg::Error);
    EXPECT_THROW(writer_->write(std::vector{with_height(10), linked_again}, {}), pg::Error);
    store(with_height(11));
    store(with_height(12));
    EXPECT_TRUE(coverage_->gaps(range(10, 12), {}).empty());
}

TEST_F(CoverageTest, AHeightThatIsLearntLaterIsComparedAsWell) {
    test::FakeSource chain({10, 11, 12}, 9);
    for (std::uint64_t const seq : {10U, 11U, 12U}) store(chain.block(seq));
    auto block = chain.block(10);
    block.height = 10;
    store(block);
    block = chain.block(11);
    block.height = 12;
    EXPECT_THROW(store(block), pg::Error);
    block.height = 11;
    store(block);
    EXPECT_EQ(cell("select string_agg(coalesce(height::text, '-'), ' ' order by seq) "
                   "from indexer.blocks"),
              "10 11 -");
}

// One witness is enough for a few, two are needed for so many.
TEST_F(CoverageTest, ALongRunWithoutABlockIsAGapUntilItIsWitnessed) {
    EXPECT_EQ(cell("select indexer.skips_too_many(9, 1011) > (indexer.skips_too_many(9, 1010)"
                   "       or indexer.skips_too_many(459652999, 459666000))"),
              "t");
    test::FakeSource chain({10, 1'011, 2'013}, 9);
    for (std::uint64_t const seq : {10U, 1'011U, 2'013U}) store(chain.block(seq));
    EXPECT_EQ(coverage_->gaps(range(10, 2'013), {}), (std::vector{range(1'012, 2'012)}));
    coverage_->add_absent(range(1'012, 2'012), {base::Seq(1'011), "hash1011"}, {}, {});
    EXPECT_TRUE(coverage_->gaps(range(10, 2'013), {}).empty());
    EXPECT_EQ(coverage_->segments({}).size(), 1U);
}

TEST_F(CoverageTest, NothingIsCalledEmptyWhereABlockWasServed) {
    test::FakeSource chain({10, 14}, 9);
    store(chain.block(14));
    std::vector<Hole> const hole{{base::Seq(12), reason::kContradiction, "not so", "node"}};
    coverage_->record(hole, {});
    EXPECT_THROW(coverage_->add_absent(range(11, 13), {base::Seq(10), "hash10"}, {}, {}),
                 pg::Error);
    store(chain.block(10));
    EXPECT_TRUE(coverage_->gaps(range(10, 14), {}).empty());
}

TEST_F(CoverageTest, WhatABlockSaysAnewOfItselfChangesInItsSegmentToo) {
    test::FakeSource chain({10, 11, 12}, 9);
    for (std::uint64_t const seq : {10U, 11U, 12U}) store(chain.block(seq));
    auto block = chain.block(11);
    block.transactions = 7;
    store(block);
    auto const segments = coverage_->segments({});
    ASSERT_EQ(segments.size(), 1U);
    EXPECT_EQ(segments[0].transactions, 9U);
    EXPECT_EQ(segments[0].blocks, 3U);
}

TEST_F(CoverageTest, ADatabaseOfAnOlderProgramIsCutWhereItsBlocksDoNotLink) {
    test::FakeSource chain({10, 11, 12, 13, 14}, 9);
    for (std::uint64_t const seq : {10U, 11U, 12U, 13U, 14U}) store(chain.block(seq));
    EXPECT_TRUE(coverage_->cut_where_broken(range(0, 100), {}).empty());
    run("update indexer.blocks set parent_seq = 0 where seq = 12;"
        "update indexer.segments set first_seq = 1, left_seq = 0, left_hash = 'hash11', blocks = "
        "3");
    EXPECT_EQ(coverage_->cut_where_broken(range(0, 100), {}), std::vector{base::Seq(12)});
    EXPECT_EQ(coverage_->gaps(range(10, 14), {}), (std::vector{range(12, 12)}));
    EXPECT_EQ(cell("select string_agg(first_seq || '-' || last_seq || ':' || blocks, ' ' "
                   "order by first_seq) from indexer.segments"),
              "10-11:2 13-14:2");
    EXPECT_EQ(cell("select seq || reason from indexer.holes"), "12contradiction");
    store(chain.block(12));
    EXPECT_EQ(coverage_->segments({}).size(), 1U);
}

TEST_F(CoverageTest, PutsABranchInThePlaceOfAnotherInOneStep) {
    test::FakeSource chain({10, 11, 12, 13, 15}, 9);
    for (std::uint64_t const seq : {10U, 11U, 12U, 13U}) store(chain.block(seq));
    auto const put = [&](std::string const& parent_hash) {
        std::vector<model::Block> left{chain.block(11), chain.block(15)};
        left[0].link.hash = "other";
        left[1].parent = {base::Seq(11), parent_hash};
        std::reverse(left.begin(), left.end());
        writer_->replace({.gone = range(11, 15), .joined = range(10, 15)},
                         [&] {
                             std::vector<model::Block> group;
                             if (!left.empty()) group.push_back(left.back());
                             if (!left.empty()) left.pop_back();
                             return group;
                         },
                         {});
    };
    EXPECT_THROW(put("unknown"), pg::Error);
    EXPECT_EQ(cell("select string_agg(hash, ' ' order by seq) from indexer.blocks"),
              "hash10 hash11 hash12 hash13");
    put("other");
    EXPECT_EQ(cell("select string_agg(hash, ' ' order by seq) from indexer.blocks"),
              "hash10 other hash15");
    auto const segments = coverage_->segments({});
    ASSERT_EQ(segments.size(), 1U);
    EXPECT_EQ(segments[0].seqs, range(10, 15));
    EXPECT_EQ(segments[0].blocks, 3U);
}

TEST_F(CoverageTest, TheFirstBlockOfAChainCoversItself) {
    test::FakeSource chain({0, 1}, 0);
    store(chain.block(0));
    store(chain.block(1));
    EXPECT_EQ(coverage_->segments({}).size(), 1U);
    EXPECT_TRUE(coverage_->gaps(range(0, 1), {}).empty());
}

TEST_F(CoverageTest, ListsGapsOfOneSeqAndAtBothEnds) {
    test::FakeSource chain({10, 11, 12, 13, 14}, 9);
    for (std::uint64_t const seq : {11U, 13U}) store(chain.block(seq));
    EXPECT_EQ(coverage_->gaps(range(10, 14), {}),
              (std::vector{range(10, 10), range(12, 12), range(14, 14)}));
}

TEST_F(CoverageTest, ABlockStoredAgainChangesNothing) {
    test::FakeSource chain({10, 12, 13}, 9);
    for (std::uint64_t const seq : {10U, 12U, 13U, 12U, 10U}) store(chain.block(seq));
    auto const segments = coverage_->segments({});
    ASSERT_EQ(segments.size(), 1U);
    EXPECT_EQ(segments[0].blocks, 3U);
}

TEST_F(CoverageTest, RefusesABlockWhoseParentIsNotTheStoredOne) {
    test::FakeSource chain({10, 12}, 9);
    store(chain.block(10));
    auto stranger = chain.block(12);
    stranger.parent.hash = "of another fork";
    try {
        store(stranger);
        FAIL() << "took a block that contradicts";
    } catch (pg::Error const& error) {
        EXPECT_EQ(error.sqlstate(), Writer::kContradiction);
    }
    EXPECT_EQ(coverage_->gaps(range(10, 12), {}), (std::vector{range(11, 12)}));
}

TEST_F(CoverageTest, RefusesAGroupThatDoesNotLinkInItself) {
    test::FakeSource chain({10, 12, 13}, 9);
    std::vector group{chain.block(10), chain.block(12), chain.block(13)};
    group[1].parent.hash = "of another fork";
    try {
        writer_->write(group, {});
        FAIL() << "took blocks that contradict one another";
    } catch (pg::Error const& error) {
        EXPECT_EQ(error.sqlstate(), Writer::kContradiction);
        EXPECT_NE(std::string_view(error.what()).find("of 12 to 13 names 10 (of another fork)"),
                  std::string_view::npos)
            << error.what();
    }
    EXPECT_TRUE(coverage_->segments({}).empty());
}

TEST_F(CoverageTest, RefusesABlockThatTheNextOneDoesNotNameAsParent) {
    test::FakeSource chain({10, 12}, 9);
    store(chain.block(12));
    auto stranger = chain.block(10);
    stranger.link.hash = "of another fork";
    EXPECT_THROW(store(stranger), pg::Error);
    EXPECT_EQ(coverage_->segments({}).size(), 1U);
}

TEST_F(CoverageTest, AProvenTailGrowsOnToTheNextBlock) {
    test::FakeSource chain({10, 20}, 9);
    store(chain.block(10));
    coverage_->add_absent(range(11, 15), {base::Seq(10), "hash10"}, {}, {});
    EXPECT_TRUE(coverage_->gaps(range(10, 15), {}).empty());
    store(chain.block(20));
    auto const segments = coverage_->segments({});
    ASSERT_EQ(segments.size(), 1U);
    EXPECT_EQ(segments[0].seqs, range(10, 20));
    EXPECT_EQ(segments[0].blocks, 2U);
    EXPECT_EQ(segments[0].skipped, 9U);
}

TEST_F(CoverageTest, CoveringASeqFillsItsHole) {
    test::FakeSource chain({10, 11, 12}, 9);
    std::vector<Hole> const holes{{base::Seq(11), reason::kUnavailable, "not here", "node"},
                                  {base::Seq(30), reason::kUnavailable, "not here", "node"}};
    coverage_->record(holes, {});
    coverage_->record(holes, {});
    EXPECT_EQ(cell("select attempts from indexer.holes where seq = 11"), "2");
    for (std::uint64_t const seq : {10U, 11U, 12U}) store(chain.block(seq));
    auto const left = coverage_->holes({});
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0].span, range(30, 30));
}

TEST_F(CoverageTest, KeepsContentsApart) {
    test::FakeSource chain({10}, 9);
    store(chain.block(10));
    Coverage votes(*pool_, {.chain = "fake", .content = "blocks,votes"});
    EXPECT_EQ(votes.gaps(range(10, 10), {}).size(), 1U);
}

TEST_F(CoverageTest, AHoleIsAskedForLessAndLessOften) {
    std::vector<Hole> const hole{{base::Seq(11), reason::kUnavailable, "not here", "node"}};
    auto const* const wait =
        "select round(extract(epoch from next_try_at - last_tried_at)) "
        "from indexer.holes";
    for (auto const* const seconds : {"10", "20", "40"}) {
        coverage_->record(hole, {});
        EXPECT_EQ(cell(wait), seconds);
    }
    run("update indexer.holes set attempts = 1000000");
    coverage_->record(hole, {});
    EXPECT_EQ(cell(wait), "3600");
}

TEST_F(CoverageTest, RefusesAnotherBlockWhereOneIsStoredOrNoneCanBe) {
    test::FakeSource chain({10, 12, 13}, 9);
    for (std::uint64_t const seq : {10U, 12U, 13U}) store(chain.block(seq));
    auto other = chain.block(12);
    other.link.hash = "of another fork";
    EXPECT_THROW(store(other), pg::Error);
    auto between = chain.block(12);
    between.link = {base::Seq(11), "of another fork"};
    EXPECT_THROW(store(between), pg::Error);
    EXPECT_EQ(cell("select string_agg(hash, ',' order by seq) from indexer.blocks"),
              "hash10,hash12,hash13");
}

TEST_F(CoverageTest, UncoveringCutsASegmentBetweenBlocksAndStoringHealsIt) {
    test::FakeSource chain({10, 12, 14, 17, 18}, 9);
    auto const whole = [&] {
        return cell("select string_agg(segments::text, ' ') from indexer.segments");
    };
    for (std::uint64_t const seq : {10U, 12U, 14U, 17U, 18U}) store(chain.block(seq));
    auto const before = whole();
    for (std::uint64_t first = 8; first <= 20; ++first) {
        for (std::uint64_t last = first; last <= 20; ++last) {
            run("select indexer.uncover('fake', 'blocks', " + std::to_string(first) + ", " +
                std::to_string(last) + ")");
            for (std::uint64_t const seq : {10U, 12U, 14U, 17U, 18U}) {
                bool const gone = first <= seq && seq <= last;
                EXPECT_EQ(coverage_->gaps(range(seq, seq), {}).empty(), !gone)
                    << seq << " of " << first << "-" << last;
            }
            EXPECT_EQ(cell("select coalesce(sum(blocks), 0) = (select count(*) from indexer.blocks)"
                           " from indexer.segments"),
                      "t");
            for (std::uint64_t const seq : {10U, 12U, 14U, 17U, 18U}) {
                if (first <= seq && seq <= last) store(chain.block(seq));
            }
            ASSERT_EQ(whole(), before) << first << "-" << last;
        }
    }
}

// Whatever is skipped, and in whatever order and groups blocks are stored (some twice): coverage is
// what is stored and what that proves, and the whole chain is one segment in the end.
TEST_F(CoverageTest, IsExactlyTheUnionOfWhatIsStored) {
    std::mt19937_64 random(7);
    for (int round = 0; round < 10; ++round) {
        run("delete from indexer.segments");
        std::vector<std::uint64_t> seqs;
        std::vector<std::uint64_t> parents;
        std::uint64_t last = 100;
        for (int blocks = 0; blocks < 25; ++blocks) {
            parents.push_back(last);
            last += 1 + (random() % 3 == 0 ? random() % 5 : 0);
            seqs.push_back(last);
        }
        test::FakeSource chain(seqs, 100);
        std::vector<std::size_t> starts(seqs.size());
        std::iota(starts.begin(), starts.end(), std::size_t{0});
        std::shuffle(starts.begin(), starts.end(), random);

        std::set<std::uint64_t> stored{100};
        std::set<std::uint64_t> covered;
        for (std::size_t const start : starts) {
            auto const end = std::min(seqs.size(), start + 1 + (random() % 6));
            std::vector<model::Block> group;
            for (auto at = start; at < end; ++at) {
                if (at != start && random() % 4 == 0) continue;
                group.push_back(chain.block(seqs[at]));
                stored.insert(seqs[at]);
            }
            for (std::size_t at = 0; at < seqs.size(); ++at) {
                if (!stored.contains(seqs[at])) continue;
                bool const linked = at > 0 && stored.contains(parents[at]);
                auto const from = linked ? parents[at] + 1 : seqs[at];
                for (auto seq = from; seq <= seqs[at]; ++seq) covered.insert(seq);
            }
            std::shuffle(group.begin(), group.end(), random);
            writer_->write(group, {});
            std::uint64_t missing = 0;
            for (base::SeqRange const gap : coverage_->gaps(range(101, last), {})) {
                for (auto seq = gap.begin; seq < gap.end; seq = seq.next()) {
                    ++missing;
                    EXPECT_FALSE(covered.contains(seq.value()));
                }
            }
            EXPECT_EQ(missing, last - 100 - covered.size());
        }
        auto const segments = coverage_->segments({});
        ASSERT_EQ(segments.size(), 1U);
        EXPECT_EQ(segments[0].seqs, range(seqs.front(), last));
        EXPECT_EQ(segments[0].blocks, seqs.size());
        EXPECT_EQ(segments[0].transactions, seqs.size());
        EXPECT_EQ(segments[0].left, (model::Link{base::Seq(100), "hash100"}));
        EXPECT_EQ(segments[0].right.seq, base::Seq(last));
    }
}

}  // namespace
}  // namespace indexer::store
