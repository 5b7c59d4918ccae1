#include "pipeline/backfill.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <variant>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/crew.hpp"
#include "pipeline/fetch_worker.hpp"
#include "pipeline/range_planner.hpp"
#include "pipeline/ranges.hpp"
#include "pipeline/reach.hpp"
#include "pipeline/tail_proof.hpp"

namespace indexer::pipeline {
namespace {

WriteQueue::Group group_of(config::Pipeline const& config) {
    return {.blocks = config.group_blocks,
            .bytes = config.group_bytes,
            .flush_interval = config.flush_interval};
}

resilience::RetryPolicy retry_policy(config::Pipeline const& config) {
    return {.max_attempts = config.max_write_attempts,
            .backoff = {.base = config.write_backoff_base, .cap = config.write_backoff_cap},
            .places = 1,
            .max_elapsed = std::nullopt};
}

// Endpoints that fail this often in a row, all workers together, are not coming back soon.
unsigned patience(config::Pipeline const& config) {
    return std::max(5U, 2 * config.concurrency);
}

// Each is for a block or more that was doubted or replaced; a fork of final blocks is shorter.
constexpr unsigned kMostPasses = 200;

// Contradictions with what is stored that are looked into after one pass.
constexpr unsigned kMostTrials = 10;

// Of what another fork may still replace nobody is sure.
Ranges young(source::Source const& source, base::Seq tip) {
    auto const count = std::min(source.replaceable(), tip.value());
    if (count == 0) return {};
    return {base::SeqRange::inclusive(base::Seq(tip.value() - count + 1), tip)};
}

// Those that are too long for one witness to call them empty.
Ranges wide(Ranges ranges) {
    std::erase_if(ranges,
                  [](base::SeqRange const& one) { return one.size() <= store::kMostSkipped; });
    return ranges;
}

// What only confirms or keeps what is there: where nobody serves it, the run goes on without.
template <class Body>
void as_far_as_served(Body body) {
    try {
        body();
    } catch (base::Error const& error) {
        if (error.fault() != base::Fault::endpoint) throw;
        spdlog::warn("{}", error.what());
    }
}

}  // namespace

Backfill::Backfill(source::Source& source, store::Coverage& coverage, store::Writer& writer,
                   config::Pipeline const& config, base::Clock& clock, resilience::Random& random,
                   observe::Metrics& metrics, base::MemoryBudget& memory)
    : source_(source),
      coverage_(coverage),
      writer_(writer),
      config_(config),
      clock_(clock),
      metrics_(metrics),
      memory_(memory),
      tally_(metrics),
      persist_(retry_policy(config), clock, random, tally_),
      arbiter_(source),
      mender_(source, coverage, writer, config, persist_, clock, tally_) {
}

std::vector<base::SeqRange> Backfill::plan(base::SeqRange range, base::Seq tip, bool force,
                                           std::stop_token stop) {
    if (tip < range.last()) {
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          fmt::format("{}: the range ends at {}, but the tip is {}",
                                      source_.chain(), range.last().value(), tip.value()),
                          "leave the end of the range out to stop at the tip");
    }
    auto const missing = force ? std::vector{range} : gaps(range, stop);
    if (missing.empty()) return missing;
    auto const first =
        first_within_reach(source_, source_.first_available(stop), missing.front(), stop);
    if (missing.front().begin < first) {
        throw base::Error(
            base::Fault::endpoint, base::Recovery::never,
            fmt::format("{}: {} is missing, but the endpoint's first block is {}", source_.chain(),
                        missing.front().begin.value(), first.value()),
            fmt::format("use an endpoint with older history, or begin at {}", first.value()));
    }
    return missing;
}

Report Backfill::run(base::SeqRange range, base::Seq tip, std::vector<base::SeqRange> const& plan,
                     std::stop_token stop) {
    auto const started = clock_.now();
    base::unless_stopped([&] {
        recall(range, stop);
        copy(range, tip, plan, stop);
    });
    Report report;
    report.range = range;
    report.planned = seqs_in(plan);
    report.missing = gaps(range, {});
    if (!report.missing.empty()) {
        report.explained = persist_({}, [&] { return coverage_.explain(report.to_explain(), {}); });
    }
    report.replaced = replaced_;
    report.quarantined = quarantined();
    report.totals = tally_.totals();
    report.dead_letters = persist_({}, [&] { return coverage_.dead_letters(range, {}); });
    report.elapsed = clock_.now() - started;
    report.stopped = stop.stop_requested() && !report.missing.empty();
    return report;
}

base::SeqRange Backfill::copy(base::SeqRange range, base::Seq tip,
                              std::vector<base::SeqRange> const& plan, std::stop_token stop) {
    ListedPlanner listed(source_, plan);
    Work work{range, tip, plan};
    static_cast<void>(fetch_and_write(listed, work, stop));
    if (!stop.stop_requested()) finish(work, stop);
    return work.range;
}

void Backfill::follow(TipWatch& watch) {
    watch_ = &watch;
    usual_.emplace(watch.patience());
}

std::vector<base::SeqRange> Backfill::gaps(base::SeqRange range, std::stop_token stop) {
    return persist_(stop, [&] { return coverage_.gaps(range, stop); });
}

// Who could not serve a seq, in this run or an earlier one, is asked for it after the others.
void Backfill::recall(base::SeqRange range, std::stop_token stop) {
    source_.doubt(persist_(stop, [&] { return coverage_.doubts(range, stop); }));
}

void Backfill::Work::grow_to(base::Seq end) {
    if (end <= range.end) return;
    seqs.push_back({range.end, end});
    range.end = end;
    tip = std::max(tip, range.last());
}

bool Backfill::fetch_and_write(Planner& planner, Work& work, std::stop_token stop) {
    std::vector<Claim> contradicting;
    if (watch_ == nullptr) {
        contradicting = fetch_and_write(planner, stop);
    } else {
        GrowingPlanner growing(planner, source_, work.range.end, clock_, *usual_);
        watch_->during(growing, [&] { contradicting = fetch_and_write(growing, stop); });
        work.grow_to(growing.end());
    }
    return !stop.stop_requested() && weigh(contradicting, work.range, work.tip, stop);
}

std::vector<Claim> Backfill::fetch_and_write(Planner& planner, std::stop_token stop) {
    WriteQueue queue({.blocks = config_.queue_capacity, .bytes = config_.queue_bytes});
    auto const queue_samples =
        metrics_.collect([&queue](observe::Samples& samples) { add_samples(samples, queue); });
    FetchWorker fetcher(source_, planner, arbiter_, queue, tally_, memory_, patience(config_));
    WriteWorker writer(queue, writer_, coverage_, tally_, group_of(config_), persist_, clock_);

    // When fetching fails, what was fetched is still written; when writing fails, all is over.
    base::Fate write_fate;
    base::Fate fetch_fate{stop, write_fate.ended()};
    FetchWorker::Stops const stops{.fetching = fetch_fate.ended(), .at_once = write_fate.ended()};

    base::Crew writers(write_fate, config_.writers, [&] { writer.run(write_fate.ended()); });
    base::Crew fetchers(fetch_fate, config_.concurrency, [&] { fetcher.run(stops); });
    fetchers.join();
    queue.close();
    writers.join();
    write_fate.rethrow();
    keep(writer.refused(), stop);
    fetch_fate.rethrow();
    return writer.contradicting();
}

// A contradiction with what is doubted anyway needs no other explanation.
bool Backfill::weigh(std::vector<Claim> const& contradicting, base::SeqRange range, base::Seq tip,
                     std::stop_token stop) {
    auto doubted = arbiter_.take_disowned();
    unsigned trials = 0;
    for (Claim const& refused : contradicting) {
        if (!doubted.empty() || trials == kMostTrials || stop.stop_requested()) break;
        if (hear(refused, tip, stop)) ++trials;
        doubted = arbiter_.take_disowned();
    }
    doubted_ = united(united(doubted_, doubted), young(source_, tip));
    Ranges refused;
    for (Claim const& claim : contradicting) {
        refused = united(refused, {base::SeqRange::single(claim.link.seq)});
    }
    bool const settled = settle(united(doubted, refused), range, stop);
    return settled || !doubted.empty();
}

bool Backfill::settle(Ranges const& disputed, base::SeqRange range, std::stop_token stop) {
    if (disputed.empty()) return false;
    Standing const standing{.doubted = doubted_,
                            .is_refuted = [&](Claim const& one) { return arbiter_.refuted(one); },
                            .by_word = by_word_};
    auto const done = mender_.mend(disputed, range, standing, std::move(stop));
    std::copy_if(done.begin(), done.end(), std::back_inserter(replaced_),
                 [](Replaced const& one) { return one.before > 0; });
    return !done.empty();
}

// Whether anybody was asked.
bool Backfill::hear(Claim const& refused, base::Seq tip, std::stop_token stop) {
    auto const seq = refused.link.seq;
    auto const neighbours = persist_(stop, [&] { return coverage_.neighbours(seq, stop); });
    bool const replaceable = !common(young(source_, tip), {base::SeqRange::single(seq)}).empty();
    return arbiter_.settle(neighbours, refused, replaceable, stop);
}

// By now the bytes of a block that was refused are gone: to hold every block's until it is written
// would cost several times the memory of its rows. So they are fetched once more. Where that fails
// the hole stays, and the next run tries again.
void Backfill::keep(std::vector<WriteWorker::Refused> const& refused, std::stop_token stop) {
    for (WriteWorker::Refused const& block : refused) {
        memory_.run([&] { as_far_as_served([&] { keep(block, stop); }); }, stop);
    }
}

void Backfill::keep(WriteWorker::Refused const& block, std::stop_token stop) {
    auto const fetched = source_.fetch(base::SeqRange::single(block.seq), stop);
    auto const* const answer = std::get_if<source::Answer>(&fetched);
    if (answer == nullptr) return;
    model::DeadLetter const letter{.seq = block.seq,
                                   .path = {},
                                   .stage = "store",
                                   .error = block.error,
                                   .raw = *answer->body,
                                   .endpoint = answer->endpoint};
    persist_(stop, [&] { writer_.bury(std::span(&letter, 1), stop); });
}

Ranges Backfill::missing_of(Work const& work, std::stop_token stop) {
    return common(gaps(work.range, std::move(stop)), work.seqs);
}

void Backfill::finish(Work& work, std::stop_token stop) {
    auto missing = missing_of(work, stop);
    if (!missing.empty() && missing.back().end == work.range.end) {
        as_far_as_served([&] { prove_tail(missing.back(), work.tip, stop); });
    }
    // What rests on a node's word alone is told by that word, rather than asked for seq by seq.
    prove_heads(source_.has_hashes() ? wide(missing) : missing, work.range, stop);
    missing = missing_of(work, stop);
    bool again = !missing.empty();
    for (unsigned pass = 0; again && pass < kMostPasses; ++pass) {
        recall(work.range, stop);
        EachSeqPlanner each(missing);
        again = fetch_and_write(each, work, stop);
        if (stop.stop_requested()) return;
        missing = missing_of(work, stop);
        again = again && !missing.empty();
    }
    prove_heads(missing, work.range, stop);
}

// The block behind the range says how far it is empty at its end.
void Backfill::prove_tail(base::SeqRange gap, base::Seq tip, std::stop_token stop) {
    auto const behind =
        memory_.run([&] { return first_block_behind(source_, gap.end, tip, stop); }, stop);
    if (!behind) return;
    auto const before = persist_(stop, [&] { return coverage_.neighbours(gap.end, stop); });
    bool const is_stored = !before.empty() && before.front().link == behind->parent;
    if (is_proven(*behind, is_stored, stop)) add_absent(gap, *behind, stop);
}

// A stored block says how far it is empty before it; where it says so no more, it is looked into.
void Backfill::prove_heads(Ranges const& missing, base::SeqRange range, std::stop_token stop) {
    for (base::SeqRange const& gap : missing) {
        as_far_as_served([&] {
            auto const doubtful = prove_head(gap, stop);
            if (doubtful && settle({base::SeqRange::single(*doubtful)}, range, stop)) {
                static_cast<void>(prove_head(gap, stop));
            }
        });
    }
}

// Where the parent is stored as well that is proven already, unless it is too much for one witness.
// The block behind the gap when what is stored of it could not be confirmed.
std::optional<base::Seq> Backfill::prove_head(base::SeqRange gap, std::stop_token stop) {
    auto ends = persist_(stop, [&] { return coverage_.neighbours(gap.begin, stop); });
    for (auto& end : persist_(stop, [&] { return coverage_.neighbours(gap.last(), stop); })) {
        ends.push_back(std::move(end));
    }
    auto const upper = std::find_if(ends.begin(), ends.end(), [&](auto const& end) {
        return end.segment.begin == gap.end && end.parent.seq < gap.last();
    });
    if (upper == ends.end()) return std::nullopt;
    Claim const claim{upper->link, upper->parent, upper->height, {}};
    bool const is_stored = std::any_of(ends.begin(), ends.end(),
                                       [&](auto const& end) { return end.link == claim.parent; });
    if (!is_proven(claim, is_stored, stop)) return upper->link.seq;
    add_absent(gap, claim, stop);
    return std::nullopt;
}

// Whether there is no block between one and its parent.
bool Backfill::is_proven(Claim const& upper, bool parent_is_stored, std::stop_token stop) {
    if (!parent_is_stored) return is_confirmed(source_, upper, stop);
    return !store::skips_too_many(upper.parent.seq, upper.link.seq) ||
           is_witnessed(source_, upper, stop);
}

void Backfill::add_absent(base::SeqRange gap, Claim const& upper, std::stop_token stop) {
    base::SeqRange const absent{std::max(gap.begin, upper.parent.seq.next()), gap.end};
    if (absent.empty()) return;
    auto height = upper.height;
    if (height) --*height;
    try {
        persist_(stop, [&] { coverage_.add_absent(absent, upper.parent, height, stop); });
    } catch (pg::Error const& error) {
        // The block behind it and the stored ones disagree: it stays unproven.
        if (error.sqlstate() != store::Writer::kContradiction) throw;
    }
}

}  // namespace indexer::pipeline
