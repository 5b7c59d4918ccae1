#include "pipeline/backfill.hpp"

#include <chrono>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "cli/chain.hpp"
#include "cli/commands.hpp"
#include "cli/deadline.hpp"
#include "cli/progress.hpp"
#include "cli/pulse.hpp"
#include "cli/range.hpp"
#include "cli/report.hpp"
#include "cli/session.hpp"
#include "pipeline/ranges.hpp"

namespace indexer::cli {
namespace {

base::SeqRange requested_range(config::Options const& options, base::Seq tip) {
    base::Seq const first(*options.from);
    base::Seq const last = options.to ? base::Seq(*options.to) : tip;
    if (last < first) {
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          fmt::format("--from-{}: {} is past the tip {}",
                                      position_name(options.chain), first.value(), tip.value()),
                          "begin at or before the tip");
    }
    return base::SeqRange::inclusive(first, last);
}

}  // namespace

ExitCode backfill(config::Options const& options, std::stop_token user) {
    require_start(options);
    check_range(options);
    Deadline const deadline(std::nullopt, std::move(user), options.pipeline.stop_timeout);
    auto const stop = deadline.stop();
    Session session(options, "backfill", stop);
    auto const range = requested_range(options, session.tip());
    session.open(stop, options.force);

    auto& run = session.run();
    auto const plan = run.plan(range, session.tip(), options.force, stop);
    if (options.dry_run) {
        print_plan(range, plan, options.output);
        return ExitCode::complete;
    }
    if (options.force) run.believe_served();
    auto const pulse = pulse_of(session, options, [&] { return range; });
    pulse->take(stop);
    session.seen().ready();
    auto report = under_progress(
        options.log, text_of_run(run.tally(), pipeline::seqs_in(plan), session.clock()),
        kRunInterval, [&] { return run.run(range, session.tip(), plan, stop); });
    report.unknown_states = session.restore_states(stop);
    pulse->take({});
    if (options.force) report.unreplaced = session.unreplaced(report);
    print_report(session.dataset(), report, options.output);
    return exit_code_for(report);
}

}  // namespace indexer::cli
