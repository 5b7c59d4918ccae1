#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "pipeline/range_planner.hpp"
#include "tests/integration/pipeline/pipeline_test.hpp"

namespace indexer::pipeline {
namespace {

using Engine = std::mt19937_64;

std::uint64_t pick(Engine& engine, std::uint64_t least, std::uint64_t most) {
    return least + engine() % (most - least + 1);
}

// Blocks from 100 on, with runs of skipped seqs between them.
std::vector<std::uint64_t> random_chain(Engine& engine, std::size_t blocks) {
    std::vector<std::uint64_t> seqs{100};
    std::uint64_t last = 100;
    while (seqs.size() < blocks) {
        last += engine() % 4 == 0 ? pick(engine, 1, 6) : 1;
        seqs.push_back(last);
    }
    return seqs;
}

config::Pipeline random_settings(Engine& engine) {
    config::Pipeline config;
    config.concurrency = static_cast<unsigned>(pick(engine, 1, 6));
    config.writers = static_cast<unsigned>(pick(engine, 1, 4));
    config.queue_capacity = pick(engine, 1, 20);
    config.group_blocks = pick(engine, 1, 20);
    config.flush_interval = std::chrono::milliseconds(pick(engine, 0, 3));
    return config;
}

// Pages and windows of every size, one seq included, so that remainders of one come about as well.
void cut_at_random(Engine& engine, test::FakeSource& node) {
    node.page = pick(engine, 0, 1) == 0 ? 1 : pick(engine, 2, 7);
    node.listed_seqs = pick(engine, 1, 40);
}

class CoverageProperty : public PipelineTest {
  protected:
    // What is proven is what the stored blocks prove, no seq more and none less, but for the tail
    // behind the last of them, and for what lies before one whose parent is not stored: that may
    // have been asked for.
    void expect_coverage_is_what_is_stored(base::SeqRange whole) {
        std::map<std::uint64_t, std::uint64_t> parents;
        for (auto const& row : test::query(
                 database_->url(), "select seq, parent_seq from indexer.blocks order by seq")) {
            parents.emplace(std::stoull(row[0]), std::stoull(row[1]));
        }
        std::set<std::uint64_t> missing;
        for (base::SeqRange const& gap : coverage_->gaps(whole, {})) {
            for (auto seq = gap.begin; seq < gap.end; seq = seq.next()) missing.insert(seq.value());
        }
        for (auto seq = whole.begin; seq < whole.end; seq = seq.next()) {
            auto const next = parents.lower_bound(seq.value());
            if (next == parents.end()) break;
            bool const is_stored = next->first == seq.value();
            bool const is_between = next->second < seq.value();
            if (!is_stored && is_between && !parents.contains(next->second)) continue;
            EXPECT_EQ(missing.contains(seq.value()), !is_stored && !is_between) << seq.value();
        }
    }
};

// Whatever is skipped, left out of lists or not served, however work is cut and interleaved, and
// wherever a run is stopped: coverage is what is stored, and an honest run makes it one proof.
TEST_F(CoverageProperty, IsTheUnionOfWhatIsStoredWhateverHappens) {
    Engine engine(17);
    for (int round = 0; round < 12; ++round) {
        run("truncate indexer.segments, indexer.blocks, indexer.holes");
        auto const seqs = random_chain(engine, 80);
        auto const whole = range(101, seqs.back() - 1);  // the last block is behind the range
        for (int life = 0; life < 4; ++life) {
            test::FakeSource node(seqs, 99);
            cut_at_random(engine, node);
            for (std::uint64_t const seq : seqs) {
                if (engine() % 10 == 0) node.omitted.insert(seq);
                if (engine() % 10 == 0) node.unavailable.insert(seq);
            }
            std::stop_source stop;
            std::jthread const killer([&, after = pick(engine, 0, 20)] {
                std::this_thread::sleep_for(std::chrono::milliseconds(after));
                stop.request_stop();
            });
            static_cast<void>(copy(node, whole, random_settings(engine),
                                   life == 3 ? std::stop_token{} : stop.get_token()));
            expect_coverage_is_what_is_stored(whole);
        }
        test::FakeSource honest(seqs, 99);
        cut_at_random(engine, honest);
        auto const report = copy(honest, whole, random_settings(engine));
        EXPECT_TRUE(report.complete());
        auto const segments = coverage_->segments({});
        ASSERT_EQ(segments.size(), 1U);
        EXPECT_EQ(segments[0].seqs.begin, whole.begin);
        EXPECT_GE(segments[0].seqs.end, whole.end);
        EXPECT_EQ(segments[0].skipped, segments[0].seqs.size() - segments[0].blocks);
        EXPECT_EQ(cell("select count(*) from indexer.holes"), "0");
    }
}

std::multiset<std::uint64_t> handed_out_by(Planner& planner) {
    std::multiset<std::uint64_t> handed;
    while (auto const part = planner.next({})) {
        for (auto seq = part->begin; seq < part->end; seq = seq.next()) handed.insert(seq.value());
    }
    return handed;
}

// Gaps of every size, one seq and remainders of one included: each seq is handed out once.
TEST(SplitterProperty, CoversEachSeqOnce) {
    Engine engine(23);
    for (int round = 0; round < 200; ++round) {
        std::vector<base::SeqRange> gaps;
        std::multiset<std::uint64_t> wanted;
        std::uint64_t at = 1;
        for (auto count = pick(engine, 1, 8); count > 0; --count) {
            auto const first = at + pick(engine, 1, 5);
            at = first + pick(engine, 1, 4);
            gaps.push_back({base::Seq(first), base::Seq(at)});
            for (auto seq = first; seq < at; ++seq) wanted.insert(seq);
        }
        EachSeqPlanner each(gaps);
        EXPECT_EQ(handed_out_by(each), wanted);
        std::vector<std::uint64_t> const all(wanted.begin(), wanted.end());
        test::FakeSource source(all, 0);
        cut_at_random(engine, source);
        ListedPlanner listed(source, gaps);
        EXPECT_EQ(handed_out_by(listed), wanted);
    }
}

}  // namespace
}  // namespace indexer::pipeline
