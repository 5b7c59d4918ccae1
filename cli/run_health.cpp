#include "cli/run_health.hpp"

#include <chrono>

#include <fmt/format.h>
#include <simdjson.h>
#include <spdlog/spdlog.h>

#include "base/error.hpp"
#include "rpc/http.hpp"

namespace indexer::cli {
namespace {

constexpr std::chrono::seconds kPatience{2};  // a page is made at once
constexpr std::size_t kMostBytes = 1U << 20U;
constexpr std::size_t kMostMemory = 16 * kMostBytes;

std::string text_of(simdjson::dom::element element) {
    return std::string(std::string_view(element));
}

RunHealth read(std::string const& json) {
    simdjson::dom::parser parser;
    simdjson::dom::element const page = parser.parse(json);
    RunHealth health{.status = text_of(page["status"]), .breakers = {}, .json = {}};
    for (auto const breaker : page["breakers"].get_array()) {
        health.breakers.push_back({.endpoint = text_of(breaker["endpoint"]),
                                   .method = text_of(breaker["method"]),
                                   .state = text_of(breaker["state"])});
    }
    health.json = simdjson::minify(page);
    return health;
}

}  // namespace

std::optional<RunHealth> ask_run(config::Options const& options, std::stop_token stop) {
    if (options.observe.listen.empty()) return std::nullopt;
    auto const url = "http://" + options.observe.listen;
    base::MemoryBudget memory(kMostMemory);
    rpc::HttpTransport transport({.url = base::Secret(url),
                                  .headers = {},
                                  .connect_timeout = kPatience,
                                  .timeout = kPatience,
                                  .max_response_bytes = kMostBytes,
                                  .gzip = false},
                                 memory);
    try {
        return read(*transport.get("health", std::move(stop)).body);
    } catch (simdjson::simdjson_error const&) {
        spdlog::warn("what answers at {} is no run", url);
    } catch (base::Error const& error) {
        if (error.fault() != base::Fault::endpoint) throw;
        spdlog::warn("no run answers at {}: {}", url, error.what());
    }
    return std::nullopt;
}

}  // namespace indexer::cli
