#pragma once

#include <chrono>
#include <vector>

#include "tests/simulator/server/control.hpp"
#include "tests/simulator/server/faults.hpp"
#include "tests/simulator/server/http_server.hpp"
#include "tests/simulator/server/rate_limit.hpp"
#include "tests/simulator/server/service.hpp"
#include "tests/simulator/server/stats.hpp"

namespace indexer::simulator {

struct SimulatorOptions {
    std::uint64_t seed = 1;               // of the faults
    std::chrono::nanoseconds latency{0};  // of every answer
    double calls_per_second = 0;          // above it HTTP 429; 0: no limit
    bool gzip = false;                    // compress for clients that accept it
    std::vector<FaultRule> faults;        // at the start
};

// From an HTTP request to its reply: the calls in it, what goes wrong with them, and the books.
// Safe for concurrent use.
class Simulator {
  public:
    // Requires: all but the options live as long as the simulator.
    Simulator(Service& service, SimulatorOptions const& options, base::Clock const& clock,
              Stats& stats, StopSignal const& stop);

    [[nodiscard]] Reply handle(HttpRequest const& request);

  private:
    [[nodiscard]] Reply handle_rpc(HttpRequest const& http);
    [[nodiscard]] Reply handle_object(std::string const& key);
    [[nodiscard]] Orders orders_for(Call const& call);
    void respond(Call const& call, Orders const& orders, Reply& reply);

    Service& service_;
    SimulatorOptions options_;
    Stats& stats_;
    StopSignal const& stop_;
    Faults faults_;
    RateLimit limit_;
    FaultRule over_limit_;
    Control control_;
};

}  // namespace indexer::simulator
