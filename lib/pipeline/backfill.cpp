#include "pipeline/backfill.hpp"

#include <algorithm>
#include <span>
#include <variant>

#include <fmt/format.h>

#include "base/crew.hpp"
#include "pipeline/fetch_worker.hpp"
#include "pipeline/range_planner.hpp"
#include "pipeline/ranges.hpp"
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

// Each takes back a block or more; a fork of final blocks is shorter.
constexpr unsigned kMostPasses = 200;

// Contradictions with what is stored that are looked into after one pass.
constexpr unsigned kMostTrials = 10;

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
      arbiter_(source) {
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
    auto const first = source_.first_available(stop);
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
    report.quarantined = quarantined();
    report.totals = tally_.totals();
    report.dead_letters = persist_({}, [&] { return coverage_.dead_letters(range, {}); });
    report.elapsed = clock_.now() - started;
    report.stopped = stop.stop_requested() && !report.missing.empty();
    return report;
}

void Backfill::copy(base::SeqRange range, base::Seq tip, std::vector<base::SeqRange> const& plan,
                    std::stop_token stop) {
    ListedPlanner listed(source_, plan);
    auto const back = fetch_and_write(listed, tip, stop);
    if (!stop.stop_requested()) finish(range, tip, united(plan, back), stop);
}

std::vector<base::SeqRange> Backfill::gaps(base::SeqRange range, std::stop_token stop) {
    return persist_(stop, [&] { return coverage_.gaps(range, stop); });
}

// Who could not serve a seq, in this run or an earlier one, is asked for it after the others.
void Backfill::recall(base::SeqRange range, std::stop_token stop) {
    source_.doubt(persist_(stop, [&] { return coverage_.doubts(range, stop); }));
}

Ranges Backfill::fetch_and_write(Planner& planner, base::Seq tip, std::stop_token stop) {
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
    auto back = take_back(writer.contradicting(), tip, stop);
    keep(writer.refused(), stop);
    fetch_fate.rethrow();
    return back;
}

// Even after a stop, since nothing else would tell the next run. A contradiction with what is taken
// back anyway needs no other explanation.
Ranges Backfill::take_back(std::vector<Claim> const& contradicting, base::Seq tip,
                           std::stop_token stop) {
    auto back = arbiter_.take_disowned();
    unsigned trials = 0;
    for (Claim const& refused : contradicting) {
        if (!back.empty() || trials == kMostTrials || stop.stop_requested()) break;
        if (settle(refused, tip, stop)) ++trials;
        back = arbiter_.take_disowned();
    }
    if (!back.empty()) persist_({}, [&] { writer_.erase(back, {}); });
    return back;
}

// Whether anybody was asked.
bool Backfill::settle(Claim const& refused, base::Seq tip, std::stop_token stop) {
    auto const seq = refused.link.seq;
    auto const neighbours = persist_(stop, [&] { return coverage_.neighbours(seq, stop); });
    auto const young = source_.replaceable();
    bool const replaceable = young > 0 && seq.value() + young > tip.value();
    return arbiter_.settle(neighbours, refused, replaceable, stop);
}

// By now the bytes of a block that was refused are gone: to hold every block's until it is written
// would cost several times the memory of its rows. So they are fetched once more. Where that fails
// the hole stays, and the next run tries again.
void Backfill::keep(std::vector<WriteWorker::Refused> const& refused, std::stop_token stop) {
    for (WriteWorker::Refused const& block : refused) {
        memory_.run([&] { keep(block, stop); }, stop);
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

void Backfill::finish(base::SeqRange range, base::Seq tip, Ranges work, std::stop_token stop) {
    if (work.empty()) return;
    auto const still_missing = [&] {
        base::SeqRange const reach{std::min(range.begin, work.front().begin), range.end};
        return common(gaps(reach, stop), work);
    };
    auto missing = still_missing();
    if (!missing.empty() && missing.back().end == range.end) {
        prove_tail(missing.back(), tip, stop);
        missing = still_missing();
    }
    for (unsigned pass = 0; !missing.empty() && pass < kMostPasses; ++pass) {
        recall(range, stop);
        EachSeqPlanner each(missing);
        auto const back = fetch_and_write(each, tip, stop);
        if (back.empty() || stop.stop_requested()) return;
        work = united(work, back);
        missing = still_missing();
    }
}

void Backfill::prove_tail(base::SeqRange gap, base::Seq tip, std::stop_token stop) {
    auto const last =
        memory_.run([&] { return last_block_before(source_, gap.end, tip, stop); }, stop);
    if (!last) return;
    base::SeqRange const absent{std::max(gap.begin, last->seq.next()), gap.end};
    if (absent.empty()) return;
    try {
        persist_(stop, [&] { coverage_.add_absent(absent, *last, stop); });
    } catch (pg::Error const& error) {
        // The block behind the range and the stored ones disagree: the tail stays unproven.
        if (error.sqlstate() != store::Writer::kContradiction) throw;
    }
}

}  // namespace indexer::pipeline
