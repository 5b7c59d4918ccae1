#include "cli/observation.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <spdlog/spdlog.h>

#include "base/clock.hpp"
#include "cli/version.hpp"
#include "observe/memory.hpp"
#include "observe/pages.hpp"

namespace indexer::cli {
namespace {

observe::Health::Options health_options(config::Observe const& observe) {
    return {.stall_after = observe.stall_after,
            .database_patience = observe.database_patience,
            .ready_lag = observe.ready_lag};
}

// At least twice as often as the watchdog expects, as sd_watchdog_enabled(3) advises.
base::Clock::Duration report_interval(observe::ServiceManager const& service,
                                      config::Observe const& observe) {
    base::Clock::Duration const usual = observe.pulse;
    return service.watchdog() ? std::min(usual, *service.watchdog() / 2) : usual;
}

}  // namespace

Observation::Observation(config::Options const& options, std::string const& command,
                         std::stop_token stop)
    : metrics_({{"chain", options.chain}, {"command", command}}),
      health_(health_options(options.observe), base::steady_clock()),
      own_samples_(metrics_.collect([this](observe::Samples& samples) {
          observe::add_samples(samples, health_.standing());
          samples.gauge("indexer_resident_memory_bytes", observe::resident_memory());
          samples.gauge("indexer_build_info", 1, kVersion);
      })),
      service_(observe::ServiceManager::contact_from_environment()),
      on_stop_(std::move(stop), [this] { service_.stopping(); }) {
    if (!options.observe.listen.empty()) listen(options.observe.listen);
    if (!options.observe.metrics_file.empty()) write_file(options.observe);
    if (service_.known()) report(options.observe);
}

void Observation::listen(std::string const& address) {
    server_.emplace(address, observe::pages(metrics_, health_));
    spdlog::info("metrics: listening on {}", server_->url());
}

void Observation::write_file(config::Observe const& observe) {
    file_.emplace(
        observe.metrics_file, [this] { return metrics_.text(); }, observe.metrics_interval,
        base::steady_clock());
}

void Observation::report(config::Observe const& observe) {
    reports_.emplace(base::steady_clock(), report_interval(service_, observe),
                     [this](std::stop_token) { service_.report(health_.standing()); });
}

}  // namespace indexer::cli
