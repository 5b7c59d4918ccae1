#include "pipeline/repair.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/deadline.hpp"
#include "cli/progress.hpp"
#include "cli/range.hpp"
#include "cli/report.hpp"
#include "cli/session.hpp"
#include "pipeline/ranges.hpp"
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

base::SeqRange both(base::SeqRange one, base::SeqRange other) {
    return {std::min(one.begin, other.begin), std::max(one.end, other.end)};
}

}  // namespace

ExitCode repair(config::Options const& options, std::stop_token user) {
    check_range(options);
    Deadline const deadline(std::nullopt, std::move(user), options.pipeline.stop_timeout);
    auto const stop = deadline.stop();
    Session session(options, "repair", stop);
    session.open(stop, true);
    auto const reach = reach_of(session, stop);
    auto const range = part_of(reach, options);
    auto const& dataset = session.dataset();
    auto const plan = options.repair.now ? session.coverage().gaps(range, stop)
                                         : store::due_gaps(session.pool(), dataset, range, stop);
    if (options.dry_run) {
        print_plan(range, plan, options.output);
        return ExitCode::complete;
    }
    session.seen().ready();
    auto& run = session.run();
    pipeline::Repair repair(run, session.coverage(), session.pool());
    auto const report = under_progress(
        options.log, text_of_run(run.tally(), pipeline::seqs_in(plan), session.clock()),
        kRunInterval,
        [&] { return repair.run(range, both(range, reach), session.tip(), plan, stop); });
    print_report(dataset, report, options.output);
    return exit_code_for(report);
}

}  // namespace indexer::cli
