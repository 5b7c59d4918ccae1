#include "pipeline/repair.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "chains.hpp"
#include "cli/commands.hpp"
#include "cli/deadline.hpp"
#include "cli/progress.hpp"
#include "cli/pulse.hpp"
#include "cli/range.hpp"
#include "cli/report.hpp"
#include "cli/session.hpp"
#include "pipeline/abandoned.hpp"
#include "pipeline/ranges.hpp"
#include "pipeline/retry_letters.hpp"
#include "store/block_view.hpp"
#include "store/gaps.hpp"

namespace indexer::cli {
namespace {

// How far the dataset reaches.
base::SeqRange reach_of(Session& session, std::stop_token stop) {
    auto const& dataset = session.dataset();
    for (auto const& extent : store::extents(*session.pool().acquire(stop), dataset.chain, stop)) {
        if (extent.content == dataset.content) return extent.seqs;
    }
    throw base::Error(base::Fault::usage, base::Recovery::never,
                      "repair: nothing of this content is stored: " + dataset.content,
                      "give the same --tables, --include-votes and filters as the run to repair");
}

// What is to be mended: parts of a range.
struct Wanted {
    base::SeqRange range;
    pipeline::Ranges parts;
};

Wanted wanted_of_view(Session& session, config::Options const& options, std::stop_token stop) {
    auto const lease = session.pool().acquire(stop);
    store::BlockView view(*lease, options.chain, options.view);
    auto const extent = view.extent(stop);
    if (!extent) {
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          "repair: --view: " + options.view + " shows no block",
                          "copy the first blocks by indexer backfill");
    }
    auto const range = part_of(*extent, options);
    Wanted wanted{range, {}};
    for (store::Gap const& gap : view.gaps(range, stop)) wanted.parts.push_back(gap.seqs);
    return wanted;
}

Wanted wanted_of(Session& session, config::Options const& options, std::stop_token stop) {
    if (!options.view.empty()) return wanted_of_view(session, options, std::move(stop));
    auto const range = part_of(reach_of(session, std::move(stop)), options);
    return {range, {range}};
}

// What is missing of it and due, and what is to wait.
struct Due {
    pipeline::Ranges plan;
    store::Waiting waiting;
};

Due due_of(Session& session, Wanted const& wanted, bool now, std::stop_token stop) {
    auto const& dataset = session.dataset();
    auto const missing =
        pipeline::common(session.coverage().gaps(wanted.range, stop), wanted.parts);
    if (now) return {missing, {}};
    auto const due = store::due_gaps(session.pool(), dataset, wanted.range, stop);
    Due all{pipeline::common(due, missing), {}};
    auto const waiting = pipeline::seqs_in(missing) - pipeline::seqs_in(all.plan);
    if (waiting == 0) return all;
    all.waiting = {waiting, store::next_try_at(session.pool(), dataset, wanted.range, stop)};
    return all;
}

// What could not be decoded inside of blocks is missing there, though coverage holds the blocks.
void mend_letters(Session& session, base::SeqRange range, config::Repair const& repair,
                  pipeline::Report& report, std::stop_token stop) {
    auto const& persist = session.run().persistence();
    pipeline::RetryLetters letters(session.source(), session.writer(), session.pool(),
                                   session.dataset(), persist);
    letters.run_due(range, repair, std::move(stop));
    report.dead_letters = persist({}, [&] { return session.coverage().dead_letters(range, {}); });
}

}  // namespace

ExitCode repair(config::Options const& options, std::stop_token user) {
    check_range(options);
    Deadline const deadline(std::nullopt, std::move(user), options.pipeline.stop_timeout);
    auto const stop = deadline.stop();
    Session session(options, "repair", stop);
    session.open(stop, true);
    auto& run = session.run();
    pipeline::Repair repair(run, session.coverage(), session.pool());
    // Before it is asked how far the dataset reaches: what does not link may begin or end it.
    if (!options.dry_run) repair.check(part_of(base::kEverySeq, options), stop);
    auto const& persist = run.persistence();
    auto const wanted = persist(stop, [&] { return wanted_of(session, options, stop); });
    auto const due =
        persist(stop, [&] { return due_of(session, wanted, options.repair.now, stop); });
    if (options.dry_run) {
        print_plan(wanted.range, due.plan, options.output, due.waiting);
        return ExitCode::complete;
    }
    auto const pulse = pulse_of(session, options, [&] { return wanted.range; });
    pulse->take(stop);
    session.seen().ready();
    pipeline::Abandoned abandoned(session.source(), session.writer(), session.pool(),
                                  session.dataset(), describe(options.chain).abandoned, persist);
    auto const plan =
        pipeline::united(due.plan, abandoned.take_back(wanted.range, session.tip(), stop));
    auto report = under_progress(
        options.log, text_of_run(run.tally(), pipeline::seqs_in(plan), session.clock()),
        kRunInterval, [&] { return repair.run(wanted.range, session.tip(), plan, stop); });
    report.unknown_states = session.restore_states(stop);
    mend_letters(session, wanted.range, options.repair, report, stop);
    pulse->take({});
    report.missing = pipeline::common(report.missing, wanted.parts);
    report.waiting = due.waiting;
    print_report(session.dataset(), report, options.output);
    return exit_code_for(report);
}

}  // namespace indexer::cli
