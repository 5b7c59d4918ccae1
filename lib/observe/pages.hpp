#pragma once

#include <map>
#include <string>

#include "observe/health.hpp"
#include "observe/http_server.hpp"
#include "observe/metrics.hpp"

namespace indexer::observe {

// What an operator may ask of a run:
//
//   /metrics  Prometheus' text format
//   /health   JSON; 200 while the run is healthy, 503 while it is not
//   /ready    JSON; 200 while the lag is small, 503 while it is not
//
// `metrics` and `health` must outlive the result.
[[nodiscard]] std::map<std::string, HttpServer::MakePage> pages(Metrics const& metrics,
                                                                Health const& health);

}  // namespace indexer::observe
