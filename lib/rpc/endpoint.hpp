#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <simdjson.h>

#include "base/clock.hpp"
#include "base/free_list.hpp"
#include "base/secret.hpp"
#include "config/config.hpp"
#include "observe/metrics.hpp"
#include "resilience/circuit_breaker.hpp"
#include "resilience/random.hpp"
#include "rpc/client.hpp"
#include "rpc/http.hpp"
#include "rpc/verdict.hpp"

namespace indexer::rpc {

struct Request {
    std::uint64_t id;
    std::string_view method;
    std::string_view body;
    Classify& classify;
};

// A call that brought no result, and what that says about calling again.
struct Failure {
    Verdict verdict;
    Error error;
};

// One RPC URL with its connections, and a breaker for each method. Safe for concurrent use.
class Endpoint {
  public:
    using TimePoint = base::Clock::TimePoint;
    using Permit = resilience::CircuitBreaker::Permit;
    using Outcome = std::variant<Response, Failure>;

    // Throws base::Error with Fault::usage when the URL cannot be used. `clock`, `random` and
    // `metrics` must outlive the endpoint.
    Endpoint(base::Secret const& url, config::Rpc const& rpc, config::Breaker const& breaker,
             base::Clock& clock, resilience::Random& random, observe::Metrics& metrics);

    // The URL, fit to be printed.
    [[nodiscard]] std::string const& name() const noexcept { return name_; }

    // Whether it ever answered over HTTP, whatever it said.
    [[nodiscard]] bool reached() const noexcept { return reached_; }

    // Permission to call the method now; nothing while its breaker is open, or while the endpoint
    // asked to be left alone.
    [[nodiscard]] std::optional<Permit> admit(std::string_view method);
    // When to ask again for what was not permitted.
    [[nodiscard]] TimePoint admits_at(std::string_view method);

    // One attempt. Throws only Fault::stopped.
    [[nodiscard]] Outcome call(Request const& request, Permit permit, std::stop_token stop);

    // Whether no breaker is open.
    [[nodiscard]] bool usable() const;
    void add_samples(observe::Samples& samples) const;

  private:
    [[nodiscard]] resilience::CircuitBreaker& breaker(std::string_view method);
    [[nodiscard]] Outcome attempt(Request const& request, std::stop_token stop);
    [[nodiscard]] Outcome read(Request const& request, HttpResponse& http);
    [[nodiscard]] Outcome read_body(Request const& request, std::string& body);
    [[nodiscard]] Failure failure(Verdict verdict, std::int64_t code, std::string_view what,
                                  std::string_view hint) const;
    [[nodiscard]] Failure failure_of_status(long status) const;
    void settle(Outcome const& outcome, Permit& permit);
    void count(std::string_view method, Outcome const& outcome, base::Clock::Duration duration);
    void rest_for(std::chrono::seconds duration);

    std::string const name_;
    std::vector<std::string> const secrets_;  // parts of the URL that no text may repeat
    HttpTransport transport_;
    base::FreeList<simdjson::ondemand::parser> parsers_;
    resilience::CircuitBreaker::Options const breaker_options_;
    base::Clock& clock_;
    resilience::Random& random_;
    std::atomic<bool> reached_ = false;
    observe::Metrics& metrics_;
    mutable std::mutex mutex_;
    std::map<std::string, resilience::CircuitBreaker, std::less<>> breakers_;
    TimePoint rests_until_{};
};

}  // namespace indexer::rpc
