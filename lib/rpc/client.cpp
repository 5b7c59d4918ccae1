#include "rpc/client.hpp"

#include <algorithm>
#include <optional>
#include <random>
#include <utility>

#include "rpc/endpoint.hpp"
#include "rpc/envelope.hpp"

namespace indexer::rpc {
namespace {

resilience::RetryPolicy policy_of(config::Rpc const& rpc) {
    return {.max_attempts = rpc.max_attempts,
            .backoff = {.base = rpc.backoff_base, .cap = rpc.backoff_cap},
            .places = static_cast<unsigned>(rpc.urls.size())};
}

}  // namespace

Error::Error(std::int64_t code, std::string const& what, base::Recovery recovery, std::string hint,
             std::string endpoint)
    : base::Error(base::Fault::endpoint, recovery, what, std::move(hint)),
      code_(code),
      endpoint_(std::move(endpoint)) {
}

// Goes round the endpoints from where the last call of all began, past those that refused.
class Client::Call {
  public:
    Call(Client& client, std::string_view method);

    struct Turn {
        std::size_t endpoint;
        Endpoint::Permit permit;
    };
    // Whom to ask now; waits while nobody may be asked.
    [[nodiscard]] Turn take_turn(std::stop_token stop);

    // Returns when it is time to ask again; throws what the call is to throw otherwise.
    void failed(std::size_t endpoint, Failure const& failure, std::stop_token stop);

  private:
    [[nodiscard]] std::optional<Turn> try_turn();
    [[nodiscard]] base::Clock::TimePoint next_turn_at();
    [[nodiscard]] bool any_refused() const noexcept;
    [[nodiscard]] bool any_reached() const noexcept;
    [[nodiscard]] Error nobody_reached() const;
    // Requires: one did.
    [[nodiscard]] Error refused_by_all() const;
    void count_attempt(Error const& error);

    Client& client_;
    std::string const method_;
    resilience::Attempts attempts_;
    std::size_t next_;
    std::vector<std::optional<Error>> refusals_;  // of each endpoint
    std::string last_failure_ = "no endpoint is in reach";
};

Client::Call::Call(Client& client, std::string_view method)
    : client_(client),
      method_(method),
      attempts_(method_, client.policy_, client.clock_, client.random_),
      next_(client.next_endpoint_++),
      refusals_(client.endpoints_.size()) {
}

Client::Call::Turn Client::Call::take_turn(std::stop_token stop) {
    for (;;) {
        if (auto turn = try_turn()) return std::move(*turn);
        // Who refused has answered; the others are not worth waiting for.
        if (any_refused()) throw refused_by_all();
        // A wrong URL should be told at once, not after the breakers' pause.
        if (!any_reached()) throw nobody_reached();
        Error const because(0, "every endpoint is paused", base::Recovery::retry_here);
        attempts_.pause_until(next_turn_at(), because, stop);
    }
}

bool Client::Call::any_refused() const noexcept {
    return std::any_of(refusals_.begin(), refusals_.end(),
                       [](auto const& refusal) { return refusal.has_value(); });
}

bool Client::Call::any_reached() const noexcept {
    return std::any_of(client_.endpoints_.begin(), client_.endpoints_.end(),
                       [](auto const& endpoint) { return endpoint->reached(); });
}

std::optional<Client::Call::Turn> Client::Call::try_turn() {
    for (std::size_t i = 0; i < refusals_.size(); ++i) {
        auto const index = next_++ % refusals_.size();
        if (refusals_[index]) continue;
        if (auto permit = client_.endpoints_[index]->admit(method_)) {
            return Turn{index, std::move(*permit)};
        }
    }
    return std::nullopt;
}

base::Clock::TimePoint Client::Call::next_turn_at() {
    auto earliest = base::Clock::TimePoint::max();
    for (auto const& endpoint : client_.endpoints_) {
        earliest = std::min(earliest, endpoint->admits_at(method_));
    }
    return earliest;
}

void Client::Call::failed(std::size_t endpoint, Failure const& failure, std::stop_token stop) {
    auto const& error = failure.error;
    if (failure.verdict == Verdict::never) {
        throw Error(error.code(), method_ + ": " + error.what(), error.recovery(), error.hint(),
                    error.endpoint());
    }
    if (failure.verdict == Verdict::refused) {
        refusals_[endpoint] = error;
        return;
    }
    last_failure_ = error.what();
    count_attempt(error);
    attempts_.wait(std::move(stop));
}

void Client::Call::count_attempt(Error const& error) {
    try {
        attempts_.failed(error);
    } catch (base::Error const& gave_up) {
        throw Error(error.code(), gave_up.what(), gave_up.recovery(), gave_up.hint(),
                    error.endpoint());
    }
    client_.metrics_.counter("indexer_rpc_retries_total", method_).add();
}

Error Client::Call::nobody_reached() const {
    return {0, method_ + ": " + last_failure_, base::Recovery::never,
            "check the URL, and that this machine may reach it"};
}

Error Client::Call::refused_by_all() const {
    std::string reasons = method_;
    Error const* last = nullptr;
    for (auto const& refusal : refusals_) {
        if (!refusal) continue;
        reasons.append(last == nullptr ? ": " : ", ").append(refusal->what());
        last = &*refusal;
    }
    return {last->code(), reasons, base::Recovery::never, last->hint(), last->endpoint()};
}

Client::Client(config::Rpc const& rpc, config::Breaker const& breaker, base::Clock& clock,
               observe::Metrics& metrics)
    : policy_(policy_of(rpc)),
      clock_(clock),
      metrics_(metrics),
      random_(std::random_device{}()),
      endpoints_(make_endpoints(rpc, breaker)),
      breaker_samples_(metrics.collect([this](observe::Samples& samples) {
          for (auto const& endpoint : endpoints_) endpoint->add_samples(samples);
      })) {
}

std::vector<std::unique_ptr<Endpoint>> Client::make_endpoints(config::Rpc const& rpc,
                                                              config::Breaker const& breaker) {
    if (rpc.urls.empty()) {
        throw base::Error(base::Fault::usage, base::Recovery::never, "rpc: no endpoint",
                          "give one with --rpc-url or INDEXER_RPC_URL");
    }
    std::vector<std::unique_ptr<Endpoint>> endpoints;
    for (base::Secret const& url : rpc.urls) {
        endpoints.push_back(
            std::make_unique<Endpoint>(url, rpc, breaker, clock_, random_, metrics_));
    }
    return endpoints;
}

Client::~Client() = default;

bool Client::usable() const {
    return std::any_of(endpoints_.begin(), endpoints_.end(),
                       [](auto const& endpoint) { return endpoint->usable(); });
}

Response Client::call(std::string_view method, std::string_view params_json, std::stop_token stop,
                      Classify& classify) {
    std::uint64_t const id = ++last_id_;
    auto const body = request(id, method, params_json);
    Call call(*this, method);
    for (;;) {
        auto turn = call.take_turn(stop);
        auto outcome = endpoints_[turn.endpoint]->call(
            {.id = id, .method = method, .body = body, .classify = classify},
            std::move(turn.permit), stop);
        if (auto* response = std::get_if<Response>(&outcome)) return std::move(*response);
        call.failed(turn.endpoint, std::get<Failure>(outcome), stop);
    }
}

std::vector<Response> Client::call_each(std::string_view method, std::string_view params_json,
                                        std::stop_token stop, Classify& classify) {
    std::uint64_t const id = ++last_id_;
    auto const body = request(id, method, params_json);
    std::vector<Response> responses;
    for (auto const& endpoint : endpoints_) {
        auto permit = endpoint->admit(method);
        if (!permit) continue;
        auto outcome =
            endpoint->call({.id = id, .method = method, .body = body, .classify = classify},
                           std::move(*permit), stop);
        if (auto* response = std::get_if<Response>(&outcome)) {
            responses.push_back(std::move(*response));
        }
    }
    if (responses.empty()) {
        responses.push_back(call(method, params_json, std::move(stop), classify));
    }
    return responses;
}

}  // namespace indexer::rpc
