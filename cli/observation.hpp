#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>

#include "config/config.hpp"
#include "observe/health.hpp"
#include "observe/http_server.hpp"
#include "observe/metrics.hpp"
#include "observe/metrics_file.hpp"
#include "observe/service_manager.hpp"
#include "observe/ticker.hpp"

namespace indexer::cli {

// A run as seen from outside: its metrics and health, over HTTP, in a file and by the service
// manager, as far as the options ask for them. Made before what it shows, gone after it.
class Observation {
  public:
    // `command` is a label of every metric. Throws Fault::usage when the address or the file
    // cannot be had.
    Observation(config::Options const& options, std::string const& command, std::stop_token stop);

    [[nodiscard]] observe::Metrics& metrics() noexcept { return metrics_; }
    [[nodiscard]] observe::Health& health() noexcept { return health_; }

    // The run begins: all that it needs was found.
    void ready() const { service_.ready(); }

  private:
    void listen(std::string const& address);
    void write_file(config::Observe const& observe);
    void report(config::Observe const& observe);

    observe::Metrics metrics_;
    observe::Health health_;
    observe::Metrics::Collection own_samples_;
    observe::ServiceManager service_;
    std::stop_callback<std::function<void()>> on_stop_;
    std::optional<observe::Ticker> reports_;
    std::optional<observe::MetricsFile> file_;
    std::optional<observe::HttpServer> server_;
};

}  // namespace indexer::cli
