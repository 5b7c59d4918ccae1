#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "config/config.hpp"
#include "observe/metrics.hpp"
#include "resilience/random.hpp"
#include "resilience/retry.hpp"
#include "rpc/verdict.hpp"

namespace indexer::rpc {

// The answer to one call: a whole JSON-RPC 2.0 response whose id, version and shape were checked
// and whose `error` is absent. `body` has simdjson's padding behind its end as spare capacity;
// `result` is where the value of "result" lies in it.
struct Response {
    std::string body;
    std::size_t result_offset = 0;
    std::size_t result_size = 0;
    std::string endpoint;  // redacted URL of who answered

    [[nodiscard]] std::string_view result() const noexcept {
        return std::string_view(body).substr(result_offset, result_size);
    }
};

// The `error` object of a JSON-RPC answer, or its like. Fault::endpoint.
class Error : public base::Error {
  public:
    Error(std::int64_t code, std::string const& what, base::Recovery recovery,
          std::string hint = {}, std::string endpoint = {});

    // The JSON-RPC error code; 0 when the failure lies below JSON-RPC (HTTP, TLS, a timeout).
    [[nodiscard]] std::int64_t code() const noexcept { return code_; }
    // Redacted URL of who said so last; empty when nobody was asked.
    [[nodiscard]] std::string const& endpoint() const noexcept { return endpoint_; }

  private:
    std::int64_t code_;
    std::string endpoint_;
};

class Endpoint;

// Calls methods of a set of endpoints that serve the same chain, in turn, and tries again what
// trying again can mend. Safe for concurrent use.
class Client {
  public:
    // Throws base::Error with Fault::usage when there is no URL, or one that cannot be used.
    // `clock` and `metrics` must outlive the client.
    Client(config::Rpc const& rpc, config::Breaker const& breaker, base::Clock& clock,
           observe::Metrics& metrics);
    ~Client();

    // Throws rpc::Error with Recovery::never when every endpoint refused, or no attempt is left;
    // its code is that of the last answer, so the caller can tell an outcome from a failure. While
    // every endpoint's breaker is open it waits, using no attempts, provided that one of them ever
    // answered. `classify` reads the codes of the chain. Fault::stopped at once when a stop is
    // requested.
    [[nodiscard]] Response call(std::string_view method, std::string_view params_json,
                                std::stop_token stop, Classify& classify = standard_verdict);

    // The same asked of every endpoint once, for answers that differ from one to the next: what
    // those say that serve it now. When none does, as call(); so there is at least one.
    [[nodiscard]] std::vector<Response> call_each(std::string_view method,
                                                  std::string_view params_json,
                                                  std::stop_token stop,
                                                  Classify& classify = standard_verdict);

    // Whether there is an endpoint without an open breaker.
    [[nodiscard]] bool usable() const;

  private:
    class Call;  // one call and what came of it so far

    [[nodiscard]] std::vector<std::unique_ptr<Endpoint>> make_endpoints(
        config::Rpc const& rpc, config::Breaker const& breaker);

    resilience::RetryPolicy policy_;
    base::Clock& clock_;
    observe::Metrics& metrics_;
    resilience::Random random_;
    std::atomic<std::uint64_t> last_id_ = 0;
    std::atomic<std::size_t> next_endpoint_ = 0;
    std::vector<std::unique_ptr<Endpoint>> endpoints_;
    observe::Metrics::Collection breaker_samples_;
};

}  // namespace indexer::rpc
