#include "pipeline/backfill.hpp"

#include <cstdio>
#include <optional>
#include <random>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "chains.hpp"
#include "cli/commands.hpp"
#include "cli/database.hpp"
#include "cli/observation.hpp"
#include "cli/progress.hpp"
#include "cli/report.hpp"
#include "pipeline/pulse.hpp"
#include "resilience/random.hpp"
#include "rpc/client.hpp"
#include "store/networks.hpp"

namespace indexer::cli {
namespace {

void check_request(config::Options const& options) {
    if (options.rpc.urls.empty()) {
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          "--rpc-url: no endpoint is named",
                          "give --rpc-url URL, or set INDEXER_RPC_URL");
    }
    if (options.to && *options.to < *options.from) {
        throw base::Error(
            base::Fault::usage, base::Recovery::never,
            fmt::format("--to-slot: {} is before --from-slot {}", *options.to, *options.from),
            "the range goes from the lower slot to the higher one");
    }
}

base::SeqRange requested_range(config::Options const& options, base::Seq tip) {
    base::Seq const first(*options.from);
    base::Seq const last = options.to ? base::Seq(*options.to) : tip;
    if (last < first) {
        throw base::Error(
            base::Fault::usage, base::Recovery::never,
            fmt::format("--from-slot: {} is past the tip {}", first.value(), tip.value()),
            "begin at or before the tip");
    }
    return base::SeqRange::inclusive(first, last);
}

ExitCode exit_code(pipeline::Report const& report) {
    if (report.complete()) return ExitCode::complete;
    return report.stopped ? ExitCode::stopped : ExitCode::incomplete;
}

}  // namespace

ExitCode backfill(config::Options const& options, std::stop_token stop) {
    check_request(options);
    auto& clock = base::steady_clock();
    resilience::Random random(std::random_device{}());
    Observation seen(options, "backfill", stop);
    rpc::Client client(options.rpc, options.breaker, clock, seen.metrics());
    auto const source = make_source(options, client);
    // The endpoint first: it costs nothing, and a wrong URL should not start a database.
    auto const network = source->network(stop);
    auto const tip = source->tip(stop);
    auto const range = requested_range(options, tip);
    seen.health().tip_is(tip);

    auto pool = open_database(options, "backfill", stop);
    auto const pool_samples =
        seen.metrics().collect([&](auto& samples) { pg::add_samples(samples, pool.statistics()); });
    store::Dataset const dataset{std::string(source->chain()), source->content()};
    store::claim_network(pool, dataset.chain, network, stop);
    store::Coverage coverage(pool, dataset);
    store::Writer writer(pool, dataset, options.pipeline.batch_size);

    // From the planner down to the rows; the run owns its threads and its queue.
    pipeline::Backfill run(*source, coverage, writer, options.pipeline, clock, random,
                           seen.metrics());
    auto const plan = run.plan(range, tip, options.force, stop);
    if (options.dry_run) {
        print_plan(range, plan, options.output);
        return ExitCode::complete;
    }
    if (options.force) coverage.forget(range, stop);
    pipeline::Pulse pulse(
        coverage, seen.health(),
        {.range = [range] { return range; }, .endpoints_usable = [&] { return client.usable(); }},
        clock, options.observe.pulse);
    pulse.take(stop);
    seen.ready();
    std::optional<Progress> progress;
    if (!options.log.quiet) progress.emplace(run.tally(), seqs_in(plan));
    auto const report = run.run(range, tip, plan, stop);
    progress.reset();
    pulse.take({});
    print_report(dataset, report, options.output);
    return exit_code(report);
}

}  // namespace indexer::cli
