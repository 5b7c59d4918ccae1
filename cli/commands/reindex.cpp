#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/deadline.hpp"
#include "cli/progress.hpp"
#include "cli/range.hpp"
#include "cli/report.hpp"
#include "cli/session.hpp"
#include "cli/text.hpp"
#include "store/gaps.hpp"

namespace indexer::cli {
namespace {

// Rows of several contents lie in the same tables, and to replace one's would drop the others'.
void check_alone(Session& session, base::SeqRange range, std::stop_token stop) {
    auto const& dataset = session.dataset();
    if (!store::has_other_contents(session.pool(), dataset, range, std::move(stop))) return;
    throw base::Error(
        base::Fault::usage, base::Recovery::never,
        fmt::format("reindex: rows of other contents than {} lie in {}-{}", dataset.content,
                    range.begin.value(), range.last().value()),
        "give the --tables, --include-votes and filters that the rows were written with; indexer "
        "status shows them");
}

}  // namespace

ExitCode reindex(config::Options const& options, std::stop_token user) {
    Deadline const deadline(std::nullopt, std::move(user), options.pipeline.stop_timeout);
    auto const stop = deadline.stop();
    // Readers see a block's old rows or its new ones: each is a transaction of its own.
    config::Options one_by_one = options;
    one_by_one.pipeline.group_blocks = 1;
    require_start(options);
    check_range(options);
    Session session(one_by_one, "reindex", stop);
    session.open(stop, true);
    auto const range = part_of({base::Seq(*options.from), session.tip().next()}, options);
    check_alone(session, range, stop);
    auto& run = session.run();
    run.believe_stored();
    auto const plan = run.plan(range, session.tip(), true, stop);
    if (options.dry_run) {
        print_plan(range, plan, options.output);
        return ExitCode::complete;
    }
    session.seen().ready();
    auto report =
        under_progress(options.log, text_of_run(run.tally(), range.size(), session.clock()),
                       kRunInterval, [&] { return run.run(range, session.tip(), plan, stop); });
    auto const held = session.coverage().blocks(range, {});
    report.unreplaced = held - std::min(held, report.totals.blocks);
    report.stopped = stop.stop_requested() && report.unreplaced > 0;
    print_report(session.dataset(), report, options.output);
    if (report.unreplaced > 0) {
        spdlog::warn("reindex: {} keep the rows they had", counted(report.unreplaced, "block"));
    }
    return exit_code_for(report);
}

}  // namespace indexer::cli
