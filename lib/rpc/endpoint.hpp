#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
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
#include "base/seq.hpp"
#include "config/config.hpp"
#include "observe/metrics.hpp"
#include "resilience/circuit_breaker.hpp"
#include "resilience/limiter.hpp"
#include "resilience/random.hpp"
#include "resilience/shared_rate.hpp"
#include "rpc/answered.hpp"
#include "rpc/client.hpp"
#include "rpc/http.hpp"
#include "rpc/redaction.hpp"
#include "rpc/track_record.hpp"
#include "rpc/verdict.hpp"

namespace indexer::rpc {

// A call that brought no result, and what that says about calling again.
struct Failure {
    Verdict verdict;
    Error error;
    bool timed_out = false;
};

// One RPC URL with its connections, a limiter, and a breaker for each method. Safe for concurrent
// use.
class Endpoint {
  public:
    using TimePoint = base::Clock::TimePoint;
    using Outcome = std::variant<Response, Failure>;

    // Permission for one call.
    struct Permit {
        resilience::CircuitBreaker::Permit breaker;
        resilience::Limiter::Permit limiter;
    };

    // Throws base::Error with Fault::usage when the URL cannot be used. `clock`, `random`,
    // `metrics` and `memory` must outlive the endpoint.
    Endpoint(config::Endpoint const& endpoint, config::Rpc const& rpc,
             config::Breaker const& breaker, base::Clock& clock, resilience::Random& random,
             observe::Metrics& metrics, base::MemoryBudget& memory);

    // Its own, or the URL fit to be printed.
    [[nodiscard]] std::string const& name() const noexcept { return name_; }

    // Whether it ever answered over HTTP, whatever it said.
    [[nodiscard]] bool reached() const noexcept { return reached_; }

    // Permission to call the method now; nothing while its breaker is open, while the endpoint
    // asked to be left alone, and while it is called as fast as it allows.
    [[nodiscard]] std::optional<Permit> admit(std::string_view method);
    // When to ask again for what was not permitted, `ahead` others waiting too;
    // TimePoint::max() when only the end of another call can help.
    [[nodiscard]] TimePoint admits_at(std::string_view method, unsigned ahead);
    // Calls also need a turn of a rate that is shared with other processes, from now on.
    void share(double per_second, resilience::SharedRate::Lease lease);
    // To be called before admit(): gets turns of that rate when few are left. Throws
    // Fault::stopped.
    void refill(std::stop_token stop);
    // Whether it is only a matter of its speed that the method may not be called now.
    [[nodiscard]] bool works(std::string_view method);

    // What one more call is likely to cost, for comparing endpoints.
    [[nodiscard]] double cost() const;
    [[nodiscard]] TrackRecord& record() noexcept { return record_; }

    // One attempt. Where it is in doubt whether the endpoint works, it is asked what it answered
    // before as well. Throws only Fault::stopped and MemoryShort.
    [[nodiscard]] Outcome call(Request const& request, Permit permit, std::stop_token stop);
    // Whether it serves another question of the method than the one with these parameters: it did
    // since then, or does so now. False while its breaker is open. Throws as call() does.
    [[nodiscard]] bool serves_another(std::string_view method, std::string_view params,
                                      TimePoint since, std::stop_token stop);

    // The headers x-ratelimit-* of its last answer that had any.
    [[nodiscard]] std::map<std::string, std::string> rate_limits() const;

    // Not to be asked for so long: what it serves is not of the chain.
    void quarantine(std::chrono::milliseconds duration);
    [[nodiscard]] bool quarantined() const;

    // Whether it is not quarantined and no breaker is open.
    [[nodiscard]] bool usable() const;
    // Closes the breakers, lifts a quarantine, and forgets what limits were met.
    void reset();
    void add_samples(observe::Samples& samples) const;

  private:
    [[nodiscard]] resilience::CircuitBreaker& breaker(std::string_view method);
    [[nodiscard]] TimePoint rests_until() const;
    [[nodiscard]] Outcome attempt(Request const& request, std::stop_token stop);
    [[nodiscard]] Outcome read(Request const& request, HttpResponse& http);
    [[nodiscard]] Outcome read_body(Request const& request, HttpResponse& http);
    void read_headers(Request const& request, HttpResponse const& http);
    [[nodiscard]] Failure failure(Verdict verdict, std::int64_t code, std::string_view what,
                                  std::string_view hint) const;
    [[nodiscard]] Failure failure_of_status(HttpResponse& http, std::uint64_t id);
    [[nodiscard]] std::string said_in(std::string const& body, std::uint64_t id);
    [[nodiscard]] Outcome measured_attempt(Request const& request, std::stop_token stop);
    [[nodiscard]] std::optional<Failure> probe(Request const& request, Permit& permit,
                                               std::stop_token stop);
    void check(resilience::CircuitBreaker::Check check, Request const& request,
               std::stop_token stop);
    void settle(Request const& request, Outcome const& outcome, Permit& permit,
                std::stop_token stop);
    void remember(Request const& request, Outcome const& outcome, base::Clock::Duration duration);
    void count(std::string_view method, Outcome const& outcome, base::Clock::Duration duration);
    void rest_for(std::chrono::seconds duration);

    std::string const name_;
    Redaction const redaction_;
    double const weight_;
    HttpTransport transport_;
    base::FreeList<simdjson::ondemand::parser> parsers_;
    resilience::CircuitBreaker::Options const breaker_options_;
    base::Clock& clock_;
    resilience::Random& random_;
    std::atomic<bool> reached_ = false;
    std::atomic<unsigned> in_flight_ = 0;
    std::atomic<std::uint64_t> failures_ = 0;
    observe::Metrics& metrics_;
    std::unique_ptr<resilience::SharedRate> shared_;
    resilience::Limiter limiter_;
    TrackRecord record_;
    Answered answered_;
    mutable std::mutex mutex_;
    std::map<std::string, resilience::CircuitBreaker, std::less<>> breakers_;
    TimePoint rests_until_{};
    TimePoint quarantined_until_{};
    std::map<std::string, std::string> rate_limits_;
};

}  // namespace indexer::rpc
