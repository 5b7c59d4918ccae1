#include "pipeline/reindex.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <spdlog/spdlog.h>

#include "cli/advice.hpp"
#include "cli/commands.hpp"
#include "cli/deadline.hpp"
#include "cli/progress.hpp"
#include "cli/pulse.hpp"
#include "cli/range.hpp"
#include "cli/report.hpp"
#include "cli/session.hpp"
#include "store/gaps.hpp"

namespace indexer::cli {
namespace {

// A row that several contents have is the same for all of them, but what they noted of it is not
// noted anew here.
void tell_of_others(Session& session, base::SeqRange range, std::stop_token stop) {
    auto const& own = session.dataset();
    auto const extents = session.run().persistence()(
        stop, [&] { return store::extents(*session.pool().acquire(stop), own.chain, stop); });
    for (auto const& other : extents) {
        auto const first = std::max(range.begin, other.seqs.begin);
        auto const end = std::min(range.end, other.seqs.end);
        if (other.content == own.content || first >= end) continue;
        store::Dataset const dataset{.chain = own.chain, .content = other.content};
        spdlog::info("another content has rows of the same tables; where they change, run: {}",
                     command_for("reindex", dataset, {first, end}));
    }
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
    auto& run = session.run();
    run.believe_stored();
    auto const plan = run.plan(range, session.tip(), true, stop);
    if (options.dry_run) {
        print_plan(range, plan, options.output);
        return ExitCode::complete;
    }
    auto const pulse = pulse_of(session, options, [&] { return range; });
    pulse->take(stop);
    session.seen().ready();
    pipeline::Reindex reindex(run, session.source(), session.writer(), session.pool(),
                              session.dataset());
    auto report =
        under_progress(options.log, text_of_run(run.tally(), range.size(), session.clock()),
                       kRunInterval, [&] { return reindex.run(range, session.tip(), plan, stop); });
    report.unknown_states = session.restore_states(stop);
    pulse->take({});
    print_report(session.dataset(), report, options.output);
    tell_of_others(session, range, {});
    return exit_code_for(report);
}

}  // namespace indexer::cli
