#pragma once

#include "tests/simulator/server/faults.hpp"
#include "tests/simulator/server/http_server.hpp"
#include "tests/simulator/server/service.hpp"
#include "tests/simulator/server/stats.hpp"

namespace indexer::simulator {

// The paths below /control/, by which a test steers the running server:
//   POST faults           the rules from now on, one a line; they replace those before
//   POST tip              the slot where the tip is from now on
//   POST first-available  the lowest slot the node has from now on
//   GET  stats            what clients did so far (see Stats)
//   GET  expected?first=1000&last=1099   what those slots hold (see Service)
// Safe for concurrent use.
class Control {
  public:
    // Requires: all three live as long as this.
    Control(Service& service, Faults& faults, Stats const& stats)
        : service_(service), faults_(faults), stats_(stats) {}

    // HTTP 400 with the reason when the body makes no sense, 404 for another path.
    [[nodiscard]] Reply handle(HttpRequest const& request);

  private:
    [[nodiscard]] Reply dispatch(HttpRequest const& request);
    [[nodiscard]] Reply expected(HttpRequest const& request) const;

    Service& service_;
    Faults& faults_;
    Stats const& stats_;
};

}  // namespace indexer::simulator
