#include "rpc/endpoint.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/secret.hpp"
#include "base/text.hpp"
#include "rpc/envelope.hpp"
#include "rpc/failure_words.hpp"
#include "rpc/limit_shapes.hpp"
#include "rpc/rate_limits.hpp"

namespace indexer::rpc {
namespace {

using State = resilience::CircuitBreaker::State;

// Nobody waits longer because a server says so.
constexpr std::chrono::seconds kLongestRest{600};
constexpr std::size_t kLongestMessage = 300;
constexpr std::size_t kLongestName = 200;
// Of a header about limits, and how many of them are kept.
constexpr std::size_t kLongestLimit = 100;
constexpr std::size_t kMostLimits = 20;
// Of a parser that waits for the next answer; it takes up to six times as much.
constexpr std::size_t kKeptCapacity = 64U * 1024;

int gauge_of(State state) noexcept {
    if (state == State::closed) return 0;
    return state == State::half_open ? 1 : 2;
}

// One line a change, so that a log tells when an endpoint went and came back.
void log_change(std::string const& endpoint, std::string const& method,
                resilience::CircuitBreaker::Change const& change) {
    auto const where = fmt::format("{}: {}: circuit breaker", endpoint, method);
    if (change.to == State::half_open) {
        spdlog::info("{} half-open, probing", where);
    } else if (change.to == State::closed) {
        spdlog::info("{} closed", where);
    } else {
        auto const failures = change.failures_in_a_row;
        auto const why = change.from == State::half_open ? "a probe failed"
                         : failures == 1                 ? "a call failed"
                                         : fmt::format("{} failures in a row", failures);
        auto const seconds = std::chrono::duration<double>(change.open_for).count();
        spdlog::warn("{} open for {:.1f} s: {}", where, seconds, why);
    }
}

class InFlight {
  public:
    explicit InFlight(std::atomic<unsigned>& calls) : calls_(calls) { ++calls_; }
    InFlight(InFlight const&) = delete;
    InFlight& operator=(InFlight const&) = delete;
    ~InFlight() { --calls_; }

  private:
    std::atomic<unsigned>& calls_;
};

resilience::CircuitBreaker::Options breaker_options(config::Breaker const& breaker) {
    auto const jitter =
        std::chrono::duration_cast<std::chrono::milliseconds>(breaker.open_for * breaker.jitter);
    return {.failures = breaker.failures,
            .open_for = breaker.open_for,
            .jitter = jitter,
            .probes = breaker.probes};
}

std::string name_of_endpoint(config::Endpoint const& endpoint) {
    auto const& name = endpoint.name;
    return base::plain_text(name.empty() ? base::redacted_url(endpoint.url.reveal()) : name,
                            kLongestName);
}

}  // namespace

Endpoint::Endpoint(config::Endpoint const& endpoint, config::Rpc const& rpc,
                   config::Breaker const& breaker, base::Clock& clock, resilience::Random& random,
                   observe::Metrics& metrics, base::MemoryBudget& memory)
    : name_(name_of_endpoint(endpoint)),
      redaction_(endpoint),
      weight_(endpoint.weight),
      transport_({.url = endpoint.url,
                  .headers = endpoint.headers,
                  .connect_timeout = rpc.connect_timeout,
                  .timeout = rpc.timeout,
                  .max_response_bytes = rpc.max_response_bytes,
                  .gzip = rpc.gzip},
                 memory),
      breaker_options_(breaker_options(breaker)),
      clock_(clock),
      random_(random),
      metrics_(metrics),
      limiter_({.per_second = endpoint.rps ? endpoint.rps : rpc.rps}, clock.now()) {
}

resilience::CircuitBreaker& Endpoint::breaker(std::string_view method) {
    std::lock_guard const lock(mutex_);
    auto const found = breakers_.find(method);
    if (found != breakers_.end()) return found->second;
    std::string const name(method);
    auto const listener = [this, name](auto const& change) { log_change(name_, name, change); };
    return breakers_.try_emplace(name, breaker_options_, random_, listener).first->second;
}

Endpoint::TimePoint Endpoint::rests_until() const {
    std::lock_guard const lock(mutex_);
    return rests_until_;
}

std::optional<Endpoint::Permit> Endpoint::admit(std::string_view method) {
    auto const now = clock_.now();
    if (now < rests_until()) return std::nullopt;
    auto permit = breaker(method).try_acquire(now);
    if (!permit) return std::nullopt;
    auto turn = limiter_.try_acquire(method, now);
    if (!turn) return std::nullopt;
    return Permit{std::move(*permit), std::move(*turn)};
}

Endpoint::TimePoint Endpoint::admits_at(std::string_view method, unsigned ahead) {
    auto const now = clock_.now();
    return std::max({breaker(method).next_attempt_at(now), rests_until(),
                     limiter_.next_attempt_at(method, now, ahead)});
}

void Endpoint::share(double per_second, resilience::SharedRate::Lease lease) {
    shared_ = std::make_unique<resilience::SharedRate>(per_second, std::move(lease), clock_);
    limiter_.share(*shared_);
}

void Endpoint::refill(std::stop_token stop) {
    if (shared_) shared_->refill(std::move(stop));
}

bool Endpoint::works(std::string_view method) {
    return breaker(method).statistics().state == State::closed;
}

double Endpoint::cost() const {
    return record_.expected_seconds(clock_.now()) * (in_flight_ + 1) / weight_;
}

Endpoint::Outcome Endpoint::call(Request const& request, Permit permit, std::stop_token stop) {
    InFlight const counted(in_flight_);
    if (auto failed = probe(request, permit, stop)) return *std::move(failed);
    auto outcome = measured_attempt(request, stop);
    settle(request, outcome, permit, std::move(stop));
    return outcome;
}

Endpoint::Outcome Endpoint::measured_attempt(Request const& request, std::stop_token stop) {
    auto const began = clock_.now();
    auto outcome = attempt(request, std::move(stop));
    auto const duration = clock_.now() - began;
    count(request.method, outcome, duration);
    remember(request, outcome, duration);
    return outcome;
}

// A probe asks what was answered before, as the question that waits may be one that always fails.
// The failure, if the endpoint fails at that, too.
std::optional<Failure> Endpoint::probe(Request const& request, Permit& permit,
                                       std::stop_token stop) {
    if (!permit.breaker.is_probe()) return std::nullopt;
    auto const other = answered_.other_than(request.method, request.params);
    if (!other) return std::nullopt;
    auto outcome = measured_attempt(other->request(), stop);
    settle(other->request(), outcome, permit, std::move(stop));
    auto* const failed = std::get_if<Failure>(&outcome);
    if (failed == nullptr) return std::nullopt;
    bool const works = failed->verdict != Verdict::ailing && failed->verdict != Verdict::busy;
    return works ? std::nullopt : std::optional(std::move(*failed));
}

void Endpoint::check(resilience::CircuitBreaker::Check check, Request const& request,
                     std::stop_token stop) {
    auto const other = answered_.other_than(request.method, request.params);
    if (!other) return check.failed(clock_.now());
    auto const outcome = measured_attempt(other->request(), std::move(stop));
    auto const* const failed = std::get_if<Failure>(&outcome);
    if (failed == nullptr) return check.served();
    if (failed->verdict == Verdict::ailing) return check.failed(clock_.now());
    if (failed->verdict != Verdict::busy) check.served();
}

bool Endpoint::serves_another(std::string_view method, std::string_view params, TimePoint since,
                              std::stop_token stop) {
    if (quarantined() || !works(method)) return false;
    auto const other = answered_.other_than(method, params);
    if (!other) return false;
    if (other->answered() >= since) return true;
    auto const outcome = measured_attempt(other->request(), std::move(stop));
    return std::holds_alternative<Response>(outcome);
}

Endpoint::Outcome Endpoint::attempt(Request const& request, std::stop_token stop) {
    try {
        auto http = transport_.post(request.body, std::move(stop));
        reached_ = true;
        read_headers(request, http);
        return read(request, http);
    } catch (base::MemoryShort const&) {
        throw;
    } catch (base::Error const& error) {
        if (error.fault() == base::Fault::stopped) throw;
        auto failed = failure(Verdict::ailing, 0, error.what(), error.hint());
        failed.timed_out = dynamic_cast<TimedOut const*>(&error) != nullptr;
        return failed;
    }
}

void Endpoint::read_headers(Request const& request, HttpResponse const& http) {
    if (http.rate_limits.empty()) return;
    heed(http.rate_limits, request.method, limiter_, clock_.now());
    std::lock_guard const lock(mutex_);
    rate_limits_.clear();
    for (auto const& [name, value] : http.rate_limits) {
        if (rate_limits_.size() == kMostLimits) break;
        rate_limits_.emplace(redaction_(name, kLongestLimit), redaction_(value, kLongestLimit));
    }
}

Endpoint::Outcome Endpoint::read(Request const& request, HttpResponse& http) {
    // These are about the server, whatever the body says: it often comes from a proxy before it.
    bool const about_server = http.status == 429 || http.status >= 500;
    if (http.status != 200 && http.retry_after) rest_for(*http.retry_after);
    if (about_server) return failure_of_status(http, request.id);
    try {
        return read_body(request, http);
    } catch (base::Error const& error) {
        if (http.status != 200) return failure_of_status(http, request.id);
        auto const words = words_of(*http.body);
        auto const verdict = limit_in(words).value_or(Verdict::ailing);
        auto const what = words.empty() ? error.what() : fmt::format("{}: {}", error.what(), words);
        return failure(verdict, 0, what, hint_for(verdict, http.status));
    }
}

Endpoint::Outcome Endpoint::read_body(Request const& request, HttpResponse& http) {
    auto const parser = parsers_.take();
    auto answer = read_answer(*parser, *http.body, request.id);
    if (parser->capacity() > kKeptCapacity) *parser = simdjson::ondemand::parser();
    if (auto const* result = std::get_if<ResultSpan>(&answer)) {
        return Response{std::move(http.body), result->offset, result->size, name_, &redaction_};
    }
    auto const& error = std::get<ErrorObject>(answer);
    auto verdict = request.classify(error.code, error.message);
    bool const is_unknown = verdict == Verdict::later || verdict == Verdict::ailing;
    if (is_unknown && none_left(http.rate_limits)) verdict = Verdict::busy;
    return failure(verdict, error.code, error.text(), hint_for(verdict, 0));
}

Failure Endpoint::failure(Verdict verdict, std::int64_t code, std::string_view what,
                          std::string_view hint) const {
    auto const text = name_ + ": " + redaction_(what, kLongestMessage);
    return {verdict, Error(code, text, recovery_for(verdict), std::string(hint), name_), false};
}

Failure Endpoint::failure_of_status(HttpResponse& http, std::uint64_t id) {
    auto const words = said_in(*http.body, id);
    auto const verdict = verdict_of_status(http.status, words);
    auto const what = text_of_status(http.status, http.location, words);
    return failure(verdict, 0, what, hint_for(verdict, http.status));
}

std::string Endpoint::said_in(std::string const& body, std::uint64_t id) {
    try {
        auto const answer = read_answer(*parsers_.take(), body, id);
        auto const* const error = std::get_if<ErrorObject>(&answer);
        return error == nullptr ? std::string() : error->message;
    } catch (base::Error const&) {
        return std::string(words_of(body));
    }
}

// The breaker learns whether the endpoint works, not whether it served: a refusal is a sign of
// life. A rate limit says neither.
void Endpoint::settle(Request const& request, Outcome const& outcome, Permit& permit,
                      std::stop_token stop) {
    auto const now = clock_.now();
    auto const* const failed = std::get_if<Failure>(&outcome);
    if (failed != nullptr && failed->verdict == Verdict::busy) {
        permit.limiter.too_fast(now);
    } else if (failed != nullptr && failed->verdict == Verdict::exhausted) {
        permit.breaker.succeeded();
    } else if (failed != nullptr && failed->verdict == Verdict::later) {
        // It may be a limit in words that nobody knows. Where it is, it comes with the rate, and
        // the limiter learns that; a question that fails again only says something of itself.
        permit.breaker.succeeded();
        if (!request.failed_before) permit.limiter.too_fast(now);
    } else if (failed != nullptr && failed->verdict == Verdict::ailing) {
        if (failed->timed_out) permit.limiter.overloaded(now);
        // Where it is about no seq, there is but one question, and each failure counts.
        auto const question =
            request.seq ? std::hash<std::string_view>{}(request.params) : ++failures_;
        bool const can_be_checked =
            answered_.other_than(request.method, request.params).has_value();
        auto in_doubt = permit.breaker.failed(now, question, can_be_checked);
        if (in_doubt) check(*std::move(in_doubt), request, std::move(stop));
    } else {
        permit.breaker.succeeded();
        permit.limiter.served(now);
    }
}

void Endpoint::remember(Request const& request, Outcome const& outcome,
                        base::Clock::Duration duration) {
    auto const now = clock_.now();
    auto const* const failed = std::get_if<Failure>(&outcome);
    bool const ails = failed != nullptr &&
                      (failed->verdict == Verdict::ailing || failed->verdict == Verdict::exhausted);
    ails ? record_.failed(duration, now) : record_.answered(duration, now);
    if (failed == nullptr) answered_.note(request, now);
    if (!request.seq) return;
    if (failed == nullptr) return record_.served(*request.seq);
    if (failed->verdict == Verdict::too_old) record_.too_old(*request.seq);
    if (failed->verdict == Verdict::not_yet) record_.not_yet(*request.seq, now);
}

void Endpoint::count(std::string_view method, Outcome const& outcome,
                     base::Clock::Duration duration) {
    auto const* const failed = std::get_if<Failure>(&outcome);
    auto const what = failed == nullptr ? "served" : name_of(failed->verdict);
    metrics_.counter("indexer_rpc_requests_total", name_, method, what).add();
    metrics_.histogram("indexer_rpc_request_seconds", name_, method)
        .observe(std::chrono::duration<double>(duration).count());
}

std::map<std::string, std::string> Endpoint::rate_limits() const {
    std::lock_guard const lock(mutex_);
    return rate_limits_;
}

void Endpoint::quarantine(std::chrono::milliseconds duration) {
    metrics_.counter("indexer_quarantines_total", name_).add();
    std::lock_guard const lock(mutex_);
    quarantined_until_ = clock_.now() + duration;
}

bool Endpoint::quarantined() const {
    std::lock_guard const lock(mutex_);
    return clock_.now() < quarantined_until_;
}

bool Endpoint::usable() const {
    if (quarantined()) return false;
    std::lock_guard const lock(mutex_);
    return std::none_of(breakers_.begin(), breakers_.end(), [](auto const& breaker) {
        return breaker.second.statistics().state == State::open;
    });
}

void Endpoint::reset() {
    limiter_.reset();
    std::lock_guard const lock(mutex_);
    rests_until_ = {};
    quarantined_until_ = {};
    for (auto& [method, breaker] : breakers_) breaker.reset();
}

void Endpoint::add_samples(observe::Samples& samples) const {
    for (auto const& limit : limiter_.statistics(clock_.now())) {
        samples.gauge("indexer_limiter_in_flight", limit.in_flight, name_, limit.method);
        samples.gauge("indexer_limiter_concurrency", limit.concurrency, name_, limit.method);
        if (!limit.per_second) continue;
        samples.gauge("indexer_limiter_rate", *limit.per_second, name_, limit.method);
    }
    std::lock_guard const lock(mutex_);
    for (auto const& [method, breaker] : breakers_) {
        auto const now = breaker.statistics();
        samples.gauge("indexer_breaker_state", gauge_of(now.state), name_, method);
        samples.count("indexer_breaker_failures_total", now.failures, name_, method);
        samples.count("indexer_breaker_transitions_total", now.transitions, name_, method);
    }
}

void Endpoint::rest_for(std::chrono::seconds duration) {
    std::lock_guard const lock(mutex_);
    rests_until_ = std::max(rests_until_, clock_.now() + std::min(duration, kLongestRest));
}

}  // namespace indexer::rpc
