#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rpc/client.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/http_server.hpp"

namespace indexer::test {

inline config::Rpc rpc_of(std::vector<std::string> const& urls) {
    config::Rpc rpc;
    for (auto const& url : urls) rpc.endpoints.emplace_back(url);
    return rpc;
}

// A client of some servers, whose waits take no time.
struct ClientWorld {
    explicit ClientWorld(std::vector<HttpServer const*> const& servers,
                         unsigned breaker_failures = 100) {
        std::vector<std::string> urls;
        for (auto const* server : servers) urls.push_back(server->url());
        client.emplace(
            rpc_of(urls),
            config::Breaker{.failures = breaker_failures, .open_for = std::chrono::seconds(60)},
            clock, metrics, memory);
    }

    rpc::Response call() { return client->call("getThing", "[]", {}); }

    // The same about a seq.
    rpc::Response call_about(std::uint64_t seq) {
        auto const params = "[" + std::to_string(seq) + "]";
        return client->call({.method = "getThing", .params_json = params, .seq = base::Seq(seq)},
                            {});
    }

    rpc::Error failure() {
        return failure_of([&] { (void)call(); });
    }
    rpc::Error failure_about(std::uint64_t seq) {
        return failure_of([&] { (void)call_about(seq); });
    }

    template <class Body>
    rpc::Error failure_of(Body body) {
        try {
            body();
        } catch (rpc::Error const& error) {
            return error;
        }
        return {0, "nothing thrown", base::Recovery::retry_here};
    }

    FakeClock clock;
    observe::Metrics metrics{{}};
    base::MemoryBudget memory;
    std::optional<rpc::Client> client;
};

}  // namespace indexer::test
