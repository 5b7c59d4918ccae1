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
#include <utility>
#include <variant>
#include <vector>

#include "base/body.hpp"
#include "base/clock.hpp"
#include "base/doubts.hpp"
#include "base/error.hpp"
#include "base/seq.hpp"
#include "config/config.hpp"
#include "observe/metrics.hpp"
#include "resilience/random.hpp"
#include "resilience/retry.hpp"
#include "resilience/waiting_line.hpp"
#include "rpc/redaction.hpp"
#include "rpc/verdict.hpp"

namespace indexer::rpc {

// The answer to one call: a whole JSON-RPC 2.0 response whose id, version and shape were checked
// and whose `error` is absent. `body` has simdjson's padding behind its end as spare capacity;
// `result` is where the value of "result" lies in it. Must not outlive the client.
struct Response {
    base::Body body;
    std::size_t result_offset = 0;
    std::size_t result_size = 0;
    std::string endpoint;                  // name of who answered, fit to be printed
    Redaction const* redaction = nullptr;  // of who answered

    [[nodiscard]] std::string_view result() const noexcept {
        return std::string_view(*body).substr(result_offset, result_size);
    }
};

// The `error` object of a JSON-RPC answer, or its like. Fault::endpoint.
class Error : public base::Error {
  public:
    Error(std::int64_t code, std::string const& what, base::Recovery recovery,
          std::string hint = {}, std::string endpoint = {});

    // The JSON-RPC error code; 0 when the failure lies below JSON-RPC (HTTP, TLS, a timeout).
    [[nodiscard]] std::int64_t code() const noexcept { return code_; }
    // Whether that, or one of `others`, is the code.
    [[nodiscard]] bool said(std::int64_t code) const noexcept;
    // Codes of endpoints that said something else of the same call.
    void add_others(std::vector<std::int64_t> others) { others_ = std::move(others); }
    // Whether an endpoint that failed at this question served another one of the method: it is the
    // question that fails, and there is no reason to stop asking others.
    [[nodiscard]] bool is_of_the_question() const noexcept { return is_of_the_question_; }
    void set_refusal() noexcept { is_refusal_ = true; }
    void set_of_the_question() noexcept { is_of_the_question_ = true; }
    // Whether every endpoint that was asked has no such method, or may not be asked for it.
    [[nodiscard]] bool is_of_the_method() const noexcept;
    // The same, with where it happened before its text.
    [[nodiscard]] Error at(std::string const& where) const;
    // The name of who said so last, fit to be printed; empty when nobody was asked.
    [[nodiscard]] std::string const& endpoint() const noexcept { return endpoint_; }

  private:
    std::int64_t code_;
    std::string endpoint_;
    std::vector<std::int64_t> others_;
    bool is_of_the_question_ = false;
    bool is_refusal_ = false;
};

// A question to endpoints. What it names must live as long as the call.
struct Query {
    std::string_view method;
    std::string_view params_json;
    Classify& classify = standard_verdict;  // reads the codes of the chain
    std::optional<base::Seq> seq{};         // what it is about: some endpoints have it, others not
};

// What one endpoint said to a question that was put to all.
struct Said {
    std::string endpoint;                  // fit to be printed
    std::variant<Response, Error> answer;  // an error also when it said nothing in time
    base::Clock::Duration latency{};
};

class Endpoint;

// Calls methods of a set of endpoints that serve the same chain, and tries again what trying again
// can mend. Each call goes to the endpoint that is likely to serve it soonest; where that fails,
// to another one at once. Safe for concurrent use.
class Client {
  public:
    // Throws base::Error with Fault::usage when there is no URL, or one that cannot be used.
    // `clock`, `metrics` and `memory` must outlive the client.
    Client(config::Rpc const& rpc, config::Breaker const& breaker, base::Clock& clock,
           observe::Metrics& metrics, base::MemoryBudget& memory);
    ~Client();

    // Throws rpc::Error with Recovery::never when every endpoint refused, or no attempt is left;
    // its code is that of the last answer, so the caller can tell an outcome from a failure. While
    // every endpoint is called as fast as it allows, or has an open breaker but answered before, it
    // waits, using no attempts. Fault::stopped at once when a stop is requested; MemoryShort when
    // an answer of more than some kilobytes finds no room.
    [[nodiscard]] Response call(Query const& query, std::stop_token stop);
    [[nodiscard]] Response call(std::string_view method, std::string_view params_json,
                                std::stop_token stop, Classify& classify = standard_verdict) {
        return call({.method = method, .params_json = params_json, .classify = classify},
                    std::move(stop));
    }

    // The same of one endpoint only, by its place in the configuration.
    [[nodiscard]] Response call_at(std::size_t endpoint, Query const& query, std::stop_token stop);

    // The same of each endpoint by itself, at the same time. Who is much slower than another one
    // that answered, be it that it refused, is not waited for. In the order of the configuration;
    // throws only Fault::stopped.
    [[nodiscard]] std::vector<Said> put_to_each(Query const& query, std::stop_token stop);

    // The answers of those who served. Throws only Fault::stopped.
    [[nodiscard]] std::vector<Response> served_by_each(Query const& query, std::stop_token stop);

    // The answers of those who served, at least one, for answers that differ from one to the next.
    // Throws like call() when none did.
    [[nodiscard]] std::vector<Response> call_each(Query const& query, std::stop_token stop);
    [[nodiscard]] std::vector<Response> call_each(std::string_view method,
                                                  std::string_view params_json,
                                                  std::stop_token stop,
                                                  Classify& classify = standard_verdict) {
        return call_each({.method = method, .params_json = params_json, .classify = classify},
                         std::move(stop));
    }

    [[nodiscard]] std::size_t size() const noexcept { return endpoints_.size(); }
    // What answers are counted in.
    [[nodiscard]] base::MemoryBudget& memory() const noexcept { return memory_; }

    // From now on calls to each endpoint also need a turn of a rate that is shared with other
    // processes. `lease` takes turns of the endpoint of that name, as SharedRate::Lease does. To be
    // called while nobody else uses the client.
    using Lease = std::function<base::Clock::Duration(std::string const& endpoint, unsigned turns,
                                                      std::stop_token stop)>;
    void share(double per_second, Lease const& lease);

    // From now on an endpoint is asked for the seqs under its name after the others.
    void doubt(base::Doubts const& doubts);

    // Asks the endpoint of that name no more for as long as configured, and drops what it is about
    // to answer. False, and nothing is done, when no other one is left.
    [[nodiscard]] bool quarantine(std::string const& endpoint);

    // Whether there is an endpoint that is not quarantined and has no open breaker.
    [[nodiscard]] bool usable() const;

    // Closes the breakers, lifts quarantines, and forgets what limits were met.
    void reset();

    // The headers x-ratelimit-* of an endpoint's last answer that had any, by lower-case name.
    [[nodiscard]] std::map<std::string, std::string> rate_limits(std::size_t endpoint) const;

  private:
    class Call;

    [[nodiscard]] std::vector<std::unique_ptr<Endpoint>> make_endpoints(
        config::Rpc const& rpc, config::Breaker const& breaker);
    [[nodiscard]] resilience::WaitingLine& line(std::string const& method);
    void call_everyone();
    [[nodiscard]] Response ask(Query const& query, std::optional<std::size_t> only,
                               std::stop_token stop);
    [[nodiscard]] Said say(std::size_t endpoint, Query const& query, std::stop_token stop);

    resilience::RetryPolicy policy_;
    std::chrono::milliseconds quarantine_;
    base::Clock& clock_;
    observe::Metrics& metrics_;
    base::MemoryBudget& memory_;
    resilience::Random random_;
    std::atomic<std::uint64_t> last_id_ = 0;
    std::atomic<std::size_t> next_endpoint_ = 0;
    std::mutex mutex_;
    std::map<std::string, resilience::WaitingLine> lines_;  // by method
    std::vector<std::unique_ptr<Endpoint>> endpoints_;
    observe::Metrics::Collection endpoint_samples_;
};

}  // namespace indexer::rpc
