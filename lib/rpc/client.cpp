#include "rpc/client.hpp"

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>
#include <random>
#include <thread>

#include "rpc/call.hpp"
#include "rpc/endpoint.hpp"
#include "rpc/envelope.hpp"

namespace indexer::rpc {
namespace {

// A call tells itself whether there is another place to try.
constexpr unsigned kAnyNumber = std::numeric_limits<unsigned>::max();

resilience::RetryPolicy policy_of(config::Rpc const& rpc) {
    return {.max_attempts = rpc.max_attempts,
            .backoff = {.base = rpc.backoff_base, .cap = rpc.backoff_cap},
            .places = kAnyNumber,
            .max_elapsed = rpc.max_elapsed};
}

// For an endpoint that is slower to answer than another one.
constexpr std::chrono::seconds kPatience{3};

// Whether an endpoint had something to say, be it that it refuses.
bool has_answered(Said const& said) {
    auto const* const error = std::get_if<Error>(&said.answer);
    return error == nullptr || error->code() != 0;
}

// A question put to several endpoints at once: knows when nobody is left to wait for, and ends the
// asking when patience is over and one has answered. Safe for concurrent use.
class Round {
  public:
    Round(std::size_t asked, std::stop_token user)
        : missing_(asked), on_user_(std::move(user), [this] { asking_.request_stop(); }) {}

    void add(Said const& said) {
        std::lock_guard const lock(mutex_);
        any_answered_ = any_answered_ || has_answered(said);
        if (--missing_ == 0) all_said_.request_stop();
        if (impatient_ && any_answered_) asking_.request_stop();
    }
    void lose_patience() {
        std::lock_guard const lock(mutex_);
        impatient_ = true;
        if (any_answered_) asking_.request_stop();
    }
    [[nodiscard]] std::stop_token asking() const { return asking_.get_token(); }
    [[nodiscard]] std::stop_token all_said() const { return all_said_.get_token(); }

  private:
    std::mutex mutex_;
    std::size_t missing_;
    bool any_answered_ = false;
    bool impatient_ = false;
    std::stop_source asking_;
    std::stop_source all_said_;
    std::stop_callback<std::function<void()>> on_user_;
};

// Takes the answers of those who served.
std::vector<Response> responses_in(std::vector<Said>& all) {
    std::vector<Response> responses;
    for (Said& said : all) {
        auto* const response = std::get_if<Response>(&said.answer);
        if (response != nullptr) responses.push_back(std::move(*response));
    }
    return responses;
}

// Calls whoever waits next when a call ends, however it ends.
class CallsNext {
  public:
    explicit CallsNext(resilience::WaitingLine& line) : line_(line) {}
    CallsNext(CallsNext const&) = delete;
    CallsNext& operator=(CallsNext const&) = delete;
    ~CallsNext() { line_.call_first(); }

  private:
    resilience::WaitingLine& line_;
};

}  // namespace

Error::Error(std::int64_t code, std::string const& what, base::Recovery recovery, std::string hint,
             std::string endpoint)
    : base::Error(base::Fault::endpoint, recovery, what, std::move(hint)),
      code_(code),
      endpoint_(std::move(endpoint)) {
}

bool Error::is_of_the_method() const noexcept {
    constexpr std::int64_t kMethodNotFound = -32601;
    constexpr std::int64_t kOfHttp = 0;  // what a proxy does not let through
    auto const fits = [](std::int64_t code) { return code == kMethodNotFound || code == kOfHttp; };
    return is_refusal_ && fits(code_) && std::all_of(others_.begin(), others_.end(), fits);
}

Error Error::at(std::string const& where) const {
    auto error = *this;
    static_cast<base::Error&>(error) =
        base::Error(fault(), recovery(), where + ": " + what(), hint());
    return error;
}

bool Error::said(std::int64_t code) const noexcept {
    return code == code_ || std::find(others_.begin(), others_.end(), code) != others_.end();
}

Client::Client(config::Rpc const& rpc, config::Breaker const& breaker, base::Clock& clock,
               observe::Metrics& metrics, base::MemoryBudget& memory)
    : policy_(policy_of(rpc)),
      quarantine_(rpc.quarantine),
      clock_(clock),
      metrics_(metrics),
      memory_(memory),
      random_(std::random_device{}()),
      endpoints_(make_endpoints(rpc, breaker)),
      endpoint_samples_(metrics.collect([this](observe::Samples& samples) {
          for (auto const& endpoint : endpoints_) endpoint->add_samples(samples);
      })) {
}

std::vector<std::unique_ptr<Endpoint>> Client::make_endpoints(config::Rpc const& rpc,
                                                              config::Breaker const& breaker) {
    if (rpc.endpoints.empty()) {
        throw base::Error(base::Fault::usage, base::Recovery::never, "rpc: no endpoint",
                          "give one with --rpc-url or INDEXER_RPC_URL");
    }
    std::vector<std::unique_ptr<Endpoint>> endpoints;
    for (config::Endpoint const& endpoint : rpc.endpoints) {
        endpoints.push_back(
            std::make_unique<Endpoint>(endpoint, rpc, breaker, clock_, random_, metrics_, memory_));
    }
    return endpoints;
}

Client::~Client() = default;

resilience::WaitingLine& Client::line(std::string const& method) {
    std::lock_guard const lock(mutex_);
    return lines_.try_emplace(method).first->second;
}

bool Client::usable() const {
    return std::any_of(endpoints_.begin(), endpoints_.end(),
                       [](auto const& endpoint) { return endpoint->usable(); });
}

void Client::reset() {
    for (auto const& endpoint : endpoints_) endpoint->reset();
    call_everyone();
}

bool Client::quarantine(std::string const& endpoint) {
    bool const others = std::any_of(endpoints_.begin(), endpoints_.end(), [&](auto const& other) {
        return other->name() != endpoint && !other->quarantined();
    });
    if (!others) return false;
    for (auto const& named : endpoints_) {
        if (named->name() == endpoint) named->quarantine(quarantine_);
    }
    call_everyone();
    return true;
}

// Those who wait look anew whom they may ask.
void Client::call_everyone() {
    std::lock_guard const lock(mutex_);
    for (auto& [method, line] : lines_) line.call_first();
}

void Client::share(double per_second, Lease const& lease) {
    for (auto const& endpoint : endpoints_) {
        endpoint->share(per_second,
                        [lease, name = endpoint->name()](unsigned turns, std::stop_token stop) {
                            return lease(name, turns, std::move(stop));
                        });
    }
}

void Client::doubt(base::Doubts const& doubts) {
    for (auto const& endpoint : endpoints_) {
        auto const found = doubts.find(endpoint->name());
        endpoint->record().doubt(found == doubts.end() ? std::vector<base::SeqRange>{}
                                                       : found->second);
    }
}

std::map<std::string, std::string> Client::rate_limits(std::size_t endpoint) const {
    return endpoints_[endpoint]->rate_limits();
}

Response Client::call(Query const& query, std::stop_token stop) {
    return ask(query, std::nullopt, std::move(stop));
}

Response Client::call_at(std::size_t endpoint, Query const& query, std::stop_token stop) {
    return ask(query, endpoint, std::move(stop));
}

Response Client::ask(Query const& query, std::optional<std::size_t> only, std::stop_token stop) {
    std::uint64_t const id = ++last_id_;
    auto const body = request(id, query.method, query.params_json);
    Request attempt{.id = id,
                    .method = query.method,
                    .params = query.params_json,
                    .body = body,
                    .classify = query.classify,
                    .seq = query.seq};
    Call call(*this, query, only);
    auto& waiting = line(std::string(query.method));
    for (;;) {
        auto turn = call.take_turn(stop);
        attempt.failed_before = call.failed_at(turn.endpoint);
        auto outcome = [&] {
            CallsNext const when_over(waiting);
            return endpoints_[turn.endpoint]->call(attempt, std::move(turn.permit), stop);
        }();
        auto* const response = std::get_if<Response>(&outcome);
        if (response != nullptr && call.accepts(turn.endpoint)) return std::move(*response);
        if (response == nullptr) call.failed(turn.endpoint, std::get<Failure>(outcome), stop);
    }
}

Said Client::say(std::size_t endpoint, Query const& query, std::stop_token stop) {
    auto const& name = endpoints_[endpoint]->name();
    auto const began = clock_.now();
    auto answer = [&]() -> std::variant<Response, Error> {
        try {
            return call_at(endpoint, query, std::move(stop));
        } catch (Error const& error) {
            return error;
        } catch (base::Error const&) {
            return Error(0, name + ": no answer yet", base::Recovery::retry_here, {}, name);
        }
    }();
    return {name, std::move(answer), clock_.now() - began};
}

std::vector<Said> Client::put_to_each(Query const& query, std::stop_token stop) {
    std::vector<Said> all(size());
    Round round(size(), stop);
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < size(); ++i) {
            threads.emplace_back([&, i] {
                all[i] = say(i, query, round.asking());
                round.add(all[i]);
            });
        }
        // Of real sockets, whatever clock the waits between calls go by.
        base::steady_clock().sleep_for(kPatience, round.all_said());
        round.lose_patience();
    }
    if (stop.stop_requested()) throw base::stopped(std::string(query.method));
    return all;
}

std::vector<Response> Client::call_each(Query const& query, std::stop_token stop) {
    auto all = put_to_each(query, std::move(stop));
    auto responses = responses_in(all);
    if (responses.empty()) throw std::get<Error>(all.front().answer);
    return responses;
}

std::vector<Response> Client::served_by_each(Query const& query, std::stop_token stop) {
    auto all = put_to_each(query, std::move(stop));
    return responses_in(all);
}

}  // namespace indexer::rpc
