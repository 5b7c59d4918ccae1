#include "pipeline/poll.hpp"

#include <chrono>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/database.hpp"
#include "cli/deadline.hpp"
#include "cli/progress.hpp"
#include "cli/pulse.hpp"
#include "cli/report.hpp"
#include "cli/session.hpp"
#include "store/run_lock.hpp"

namespace indexer::cli {
namespace {

constexpr std::chrono::seconds kProgressInterval{10};

// Tried again after a lost session: the server may not have noticed yet that it is gone.
base::Error locked(std::string const& chain) {
    return {base::Fault::locked, base::Recovery::retry_here,
            fmt::format("{}: another poller follows this chain into this database", chain),
            "--on-lock skip ends quietly then, --on-lock wait waits for its end"};
}

// False when another poller runs and that is no reason to complain.
bool take(store::RunLock& lock, config::OnLock on_lock, std::string const& chain,
          std::stop_token stop) {
    if (lock.try_acquire(stop)) return true;
    if (on_lock == config::OnLock::fail) throw locked(chain);
    if (on_lock == config::OnLock::wait) lock.acquire(stop);
    return on_lock == config::OnLock::wait;
}

std::optional<base::Seq> asked_first(config::Options const& options) {
    if (!options.from) return std::nullopt;
    return base::Seq(*options.from);
}

}  // namespace

ExitCode poll(config::Options const& options, std::stop_token user) {
    Deadline const deadline(options.poll.max_runtime, std::move(user),
                            options.pipeline.stop_timeout);
    auto const stop = deadline.stop();
    Session session(options, "poll", stop);
    session.open(stop);
    auto const& chain = session.dataset().chain;
    store::RunLock lock(connection_options(options, "poll lock", stop), chain);
    if (!take(lock, options.poll.on_lock, chain, stop)) return ExitCode::complete;

    auto& health = session.seen().health();
    auto const before_round = [&] {
        session.run().persistence()(stop, [&] {
            if (!lock.keep(stop)) throw locked(chain);
        });
        static_cast<void>(session.restore_states(stop));
    };
    pipeline::Poll poll(
        session.source(), session.coverage(), session.run(), options.poll, session.clock(),
        {.before_round = before_round,
         .tip_is = [&](base::Seq tip) { health.tip_is(tip); },
         .first_available_is = [&](base::Seq first) { health.first_available_is(first); }});
    auto const first = poll.first(asked_first(options), stop);
    auto const pulse = pulse_of(session, options, [&] { return poll.range(); });
    session.seen().ready();
    auto report = under_progress(
        options.log, [&] { return progress_text(health.standing()); }, kProgressInterval,
        [&] { return poll.run(first, stop); });
    report.unknown_states = session.restore_states(stop);
    pulse->take({});
    print_report(session.dataset(), report, options.output);
    return exit_code_for(report);
}

}  // namespace indexer::cli
