#pragma once

#include <chrono>

#include "tests/simulator/server/http_server.hpp"
#include "tests/simulator/server/node.hpp"

namespace indexer::simulator {

struct SimulatorOptions {
    std::chrono::nanoseconds latency{0};  // of every answer
    bool gzip = false;                    // compress for clients that accept it
};

// From an HTTP request to its reply: the calls in it, what goes wrong with them, and the books.
// Safe for concurrent use.
class Simulator {
  public:
    // Requires: the node and the stop signal live as long as the simulator.
    Simulator(Node& node, SimulatorOptions const& options, StopSignal const& stop);

    [[nodiscard]] Reply handle(HttpRequest const& request);

  private:
    [[nodiscard]] Reply handle_rpc(HttpRequest const& request);

    Node& node_;
    SimulatorOptions options_;
    StopSignal const& stop_;
};

}  // namespace indexer::simulator
