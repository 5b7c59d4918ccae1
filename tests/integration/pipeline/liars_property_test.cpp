#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/integration/pipeline/pipeline_test.hpp"
#include "tests/support/lying_source.hpp"

namespace indexer::pipeline {
namespace {

using Engine = std::mt19937_64;
using test::Liar;
using test::Lie;
using test::Truth;

std::uint64_t number_in(char const* variable, std::uint64_t otherwise) {
    auto const* const text = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe)
    return text == nullptr ? otherwise : std::stoull(text);
}

std::uint64_t pick(Engine& engine, std::uint64_t least, std::uint64_t most) {
    return least + engine() % (most - least + 1);
}

// What coverage says of one seq: the block's hash and its parent's seq; empty: that there is none.
using Said = std::map<std::uint64_t, std::string>;

std::string text_of(test::Told const& told) {
    return told.hash + ' ' + std::to_string(told.parent);
}

// Random histories: lives of a database, in each of which endpoints, some of them liars, are asked
// for some of a chain, by one command or another, until it ends or is killed. Whenever somebody
// looks, no seq that holds a block is called empty, and what was proven and true still is.
//
// INDEXER_LIARS_HISTORIES and INDEXER_LIARS_SEED choose other ones (scripts/liars).
class LiarsProperty : public PipelineTest {
  protected:
    void SetUp() override {
        PipelineTest::SetUp();
        if (IsSkipped()) return;
        session_.emplace(connect());
        watching_.emplace(connect());
        for (auto* const session : {&*session_, &*watching_}) {
            session->execute_script("set application_name = ''", {});
        }
    }

    void begin(std::uint64_t seed) {
        engine_.seed(seed);
        run("delete from indexer.segments; delete from indexer.blocks; delete from indexer.holes;"
            "delete from indexer.dead_letters");
        truth_ = test::random_truth(engine_, pick(engine_, 12, 40));
        first_ = 100;
        last_ = std::next(truth_.rbegin(), 3)->first;
        proven_.clear();
    }

    // A liar about some blocks, never one whose block would be the last that is asked for: nothing
    // behind it could tell.
    Liar random_liar() {
        Liar liar;
        bool const hides = engine_() % 2 == 0;
        std::vector<Lie> const kinds{
            Lie::far_parent, Lie::parent_hash,  Lie::hash,        Lie::fork,
            Lie::phantom,    Lie::says_skipped, Lie::undecodable, hides ? Lie::hides : Lie::height};
        auto const rate = pick(engine_, 2, 12);
        auto const one_kind = engine_() % 3 == 0;
        auto const kind = kinds[engine_() % kinds.size()];
        for (auto seq = first_; seq + 6 < last_; ++seq) {
            if (engine_() % rate != 0) continue;
            liar.lies.emplace(seq, one_kind ? kind : kinds[engine_() % kinds.size()]);
        }
        liar.only_once = engine_() % 3 == 0;
        liar.by_chance = engine_() % 4 == 0;
        for (auto const& [seq, told] : truth_) {
            // Who hides a block from the list as well, and names a parent that nobody serves, is
            // the only witness there is.
            auto const lie = liar.lies.find(seq);
            bool const denied = lie != liar.lies.end() && lie->second == Lie::says_skipped;
            if (engine_() % 9 == 0 && !denied) liar.omitted.insert(seq);
        }
        return liar;
    }

    // One liar alone, or fewer liars than others.
    std::vector<Liar> random_endpoints() {
        std::vector<Liar> endpoints(pick(engine_, 1, 3));
        if (endpoints.size() == 1 && engine_() % 4 == 0) return endpoints;
        endpoints[engine_() % endpoints.size()] = random_liar();
        return endpoints;
    }

    config::Pipeline random_settings() {
        config::Pipeline config;
        config.concurrency = static_cast<unsigned>(pick(engine_, 1, 4));
        config.writers = static_cast<unsigned>(pick(engine_, 1, 3));
        config.queue_capacity = pick(engine_, 1, 20);
        config.group_blocks = pick(engine_, 1, 12);
        config.write_backoff_base = std::chrono::milliseconds(1);
        config.flush_interval = std::chrono::milliseconds(pick(engine_, 0, 2));
        return config;
    }

    // One run; `by_word`: as repair and backfill --force do it.
    Report live(source::Source& source, base::SeqRange range, bool by_word, bool force,
                std::stop_token stop) {
        auto const config = random_settings();
        Backfill backfill(source, *coverage_, *writer_, config, base::steady_clock(), random_,
                          metrics_, memory_);
        if (by_word) backfill.believe_served();
        auto const tip = source.tip({});
        return backfill.run(range, tip, backfill.plan(range, tip, force, {}), std::move(stop));
    }

    void live_at_random() {
        test::LyingSource source(truth_, random_endpoints(), engine_());
        auto const one = pick(engine_, first_, last_);
        auto const other = pick(engine_, first_, last_);
        bool const whole = engine_() % 2 == 0;
        auto const asked =
            whole ? range(first_, last_) : range(std::min(one, other), std::max(one, other));
        std::stop_source stop;
        bool const killed = engine_() % 3 == 0;
        bool const breaks_sessions = engine_() % 4 == 0;
        auto const after = std::chrono::microseconds(pick(engine_, 0, 20'000));
        std::jthread const killer([&] {
            if (!killed) return;
            std::this_thread::sleep_for(after);
            stop.request_stop();
            if (!breaks_sessions) return;
            run("select pg_terminate_backend(pid) from pg_stat_activity "
                "where datname = current_database() and application_name <> '' "
                "and pid <> pg_backend_pid()");
        });
        bool const by_word = engine_() % 3 == 0;
        bool const force = by_word && engine_() % 2 == 0;
        auto const report = live(source, asked, by_word, force, stop.get_token());
        if (report.missing.empty()) expect_true(asked);
    }

    Said look(pg::Connection& session) {
        Said said;
        auto const rows = session.execute(
            "select seq, coalesce(hash || ' ' || parent_seq, '') from indexer.segments "
            "cross join lateral generate_series(first_seq, last_seq) as seq "
            "left join indexer.blocks using (seq) order by seq",
            {}, {});
        for (int row = 0; row < rows.rows(); ++row) {
            said.emplace(static_cast<std::uint64_t>(rows.integer(row, 0)), rows.text(row, 1));
        }
        return said;
    }

    // What was right and proven is so for ever; what holds a block is never called empty.
    void expect_nothing_is_false_or_lost() {
        auto const said = look(*watching_);
        for (auto const& [seq, what] : said) {
            auto const told = truth_.find(seq);
            bool const empty = told == truth_.end();
            EXPECT_TRUE(!what.empty() || empty || seq < first_) << seq << " is called empty";
            bool const right = empty ? what.empty() : what == text_of(told->second);
            if (right && !empty) proven_.insert(seq);
        }
        for (auto const seq : proven_) {
            auto const found = said.find(seq);
            EXPECT_TRUE(found != said.end()) << seq << " was proven, and is not any more";
            if (found == said.end()) continue;
            // Nothing that was asked for tells of the parent of the first.
            auto const& told = truth_.at(seq);
            auto const known = told.parent < first_ ? told.hash : text_of(told);
            EXPECT_EQ(found->second.substr(0, known.size()), known) << seq;
        }
    }

    void expect_true(base::SeqRange asked) {
        auto const said = look(*session_);
        for (auto seq = asked.begin; seq < asked.end; seq = seq.next()) {
            auto const told = truth_.find(seq.value());
            auto const found = said.find(seq.value());
            ASSERT_NE(found, said.end()) << seq.value();
            // Nothing behind it tells; nothing before it was asked for.
            if (seq.value() + 6 >= asked.end.value()) continue;
            if (told != truth_.end() && told->second.parent < asked.begin.value()) continue;
            EXPECT_EQ(found->second, told == truth_.end() ? "" : text_of(told->second))
                << seq.value();
        }
    }

    void expect_honest_repair_to_complete() {
        test::LyingSource honest(truth_, std::vector<Liar>(1), 1);
        auto const report = live(honest, range(first_, last_), true, false, {});
        EXPECT_TRUE(report.missing.empty()) << state();
        expect_true(range(first_, last_));
        EXPECT_EQ(cell("select count(*) from indexer.segments"), "1");
        EXPECT_EQ(cell("select count(*) from indexer.holes where seq <= " + std::to_string(last_)),
                  "0");
        EXPECT_EQ(cell("select sum(blocks) = (select count(*) from indexer.blocks) and "
                       "sum(transactions) = sum(blocks) from indexer.segments"),
                  "t");
    }

    // For whoever has to find out why.
    std::string state() {
        std::string text;
        for (auto const* const sql :
             {"select first_seq, last_seq, left_seq, left_hash, right_seq from indexer.segments "
              "order by 1",
              "select seq, hash, parent_seq, parent_hash, height from indexer.blocks order by 1",
              "select seq, reason, error from indexer.holes order by 1"}) {
            for (auto const& row : test::query(database_->url(), sql)) {
                for (auto const& cell : row) text += cell + ' ';
                text += '\n';
            }
            text += '\n';
        }
        return text;
    }

    void live_through(std::uint64_t seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        begin(seed);
        for (auto lives = pick(engine_, 1, 4); lives > 0; --lives) {
            {
                std::jthread const watcher([&](std::stop_token over) {
                    while (!over.stop_requested()) expect_nothing_is_false_or_lost();
                });
                live_at_random();
            }
            expect_nothing_is_false_or_lost();
        }
        expect_honest_repair_to_complete();
        expect_nothing_is_false_or_lost();
    }

    std::optional<pg::Connection> session_;
    std::optional<pg::Connection> watching_;
    Engine engine_;
    Truth truth_;
    std::uint64_t first_ = 0;
    std::uint64_t last_ = 0;
    std::set<std::uint64_t> proven_;
};

TEST_F(LiarsProperty, NothingFalseIsProvenAndNothingProvenIsLost) {
    auto const first = number_in("INDEXER_LIARS_SEED", 1);
    auto const histories = number_in("INDEXER_LIARS_HISTORIES", 300);
    RecordProperty("first_seed", static_cast<int>(first));
    for (auto seed = first; seed < first + histories && !HasFailure(); ++seed) live_through(seed);
}

// Two blocks at the edge that are wrong in a way that fits, so that the next one does not.
TEST_F(LiarsProperty, HistoriesThatFailedOnceDoNotAnyMore) {
    for (std::uint64_t const seed : {4'060U, 9'859U}) live_through(seed);
}

}  // namespace
}  // namespace indexer::pipeline
