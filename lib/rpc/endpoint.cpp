#include "rpc/endpoint.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "rpc/envelope.hpp"

namespace indexer::rpc {
namespace {

using State = resilience::CircuitBreaker::State;

// Nobody waits longer because a server says so.
constexpr std::chrono::seconds kLongestRest{600};
constexpr std::size_t kLongestMessage = 300;

// The pieces of user-info, path and query: providers put tokens into all of them. Short ones are
// words like "v2", which tell nothing and occur in honest text.
std::vector<std::string> secret_parts(std::string_view url) {
    constexpr std::size_t kShortest = 6;
    constexpr std::string_view kDelimiters = "/?#&=@:";
    std::vector<std::string> parts;
    auto const host = base::redacted_url(url);
    while (!url.empty()) {
        auto const part = url.substr(0, url.find_first_of(kDelimiters));
        bool const in_host = host.find(part) != std::string::npos;
        if (part.size() >= kShortest && !in_host) parts.emplace_back(part);
        url.remove_prefix(std::min(part.size() + 1, url.size()));
    }
    return parts;
}

// What a server said, fit to be printed on one line.
std::string printable(std::string_view message, std::vector<std::string> const& secrets) {
    std::string text(message);
    for (std::string const& secret : secrets) {
        for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret)) {
            text.replace(at, secret.size(), "***");
        }
    }
    text.resize(std::min(text.size(), kLongestMessage));
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
    return text;
}

base::Recovery recovery_for(Verdict verdict) noexcept {
    switch (verdict) {
        case Verdict::later:
            return base::Recovery::retry_here;
        case Verdict::never:
            return base::Recovery::never;
        default:
            return base::Recovery::retry_elsewhere;
    }
}

constexpr std::string_view kSlowerHint = "lower --concurrency, or add another --rpc-url";

std::string_view hint_for_status(long status) noexcept {
    if (status == 429) return kSlowerHint;
    if (status == 401 || status == 403) return "check that the URL holds a valid key";
    if (status == 404) return "check the path of the URL";
    return {};
}

int gauge_of(State state) noexcept {
    if (state == State::closed) return 0;
    return state == State::half_open ? 1 : 2;
}

}  // namespace

Endpoint::Endpoint(base::Secret const& url, config::Rpc const& rpc, config::Breaker const& breaker,
                   base::Clock& clock, resilience::Random& random, observe::Metrics& metrics)
    : name_(base::redacted_url(url.reveal())),
      secrets_(secret_parts(url.reveal())),
      transport_({.url = url,
                  .connect_timeout = rpc.connect_timeout,
                  .timeout = rpc.timeout,
                  .max_response_bytes = rpc.max_response_bytes,
                  .gzip = rpc.gzip}),
      parsers_([] { return std::make_unique<simdjson::ondemand::parser>(); }),
      breaker_options_{.failures = breaker.failures, .open_for = breaker.open_for},
      clock_(clock),
      random_(random),
      metrics_(metrics) {
}

resilience::CircuitBreaker& Endpoint::breaker(std::string_view method) {
    std::lock_guard const lock(mutex_);
    auto const found = breakers_.find(method);
    if (found != breakers_.end()) return found->second;
    return breakers_.try_emplace(std::string(method), breaker_options_, random_).first->second;
}

std::optional<Endpoint::Permit> Endpoint::admit(std::string_view method) {
    auto const now = clock_.now();
    {
        std::lock_guard const lock(mutex_);
        if (now < rests_until_) return std::nullopt;
    }
    return breaker(method).try_acquire(now);
}

Endpoint::TimePoint Endpoint::admits_at(std::string_view method) {
    auto const at = breaker(method).next_attempt_at(clock_.now());
    std::lock_guard const lock(mutex_);
    return std::max(at, rests_until_);
}

Endpoint::Outcome Endpoint::call(Request const& request, Permit permit, std::stop_token stop) {
    auto const began = clock_.now();
    auto outcome = attempt(request, std::move(stop));
    count(request.method, outcome, clock_.now() - began);
    settle(outcome, permit);
    return outcome;
}

Endpoint::Outcome Endpoint::attempt(Request const& request, std::stop_token stop) {
    try {
        auto http = transport_.post(request.body, std::move(stop));
        reached_ = true;
        return read(request, http);
    } catch (base::Error const& error) {
        if (error.fault() == base::Fault::stopped) throw;
        return failure(Verdict::ailing, 0, error.what(), error.hint());
    }
}

Endpoint::Outcome Endpoint::read(Request const& request, HttpResponse& http) {
    // These are about the server, whatever the body says: it often comes from a proxy before it.
    bool const about_server = http.status == 429 || http.status >= 500;
    if (about_server && http.retry_after) rest_for(*http.retry_after);
    if (about_server) return failure_of_status(http.status);
    try {
        return read_body(request, http.body);
    } catch (base::Error const&) {
        if (http.status == 200) throw;
        return failure_of_status(http.status);
    }
}

Endpoint::Outcome Endpoint::read_body(Request const& request, std::string& body) {
    auto const parser = parsers_.take();
    auto answer = read_answer(*parser, body, request.id);
    if (auto const* result = std::get_if<ResultSpan>(&answer)) {
        return Response{std::move(body), result->offset, result->size, name_};
    }
    auto const& error = std::get<ErrorObject>(answer);
    auto const verdict = request.classify(error.code, error.message);
    auto const what = fmt::format("error {}: {}", error.code, error.message);
    return failure(verdict, error.code, what, verdict == Verdict::busy ? kSlowerHint : "");
}

Failure Endpoint::failure(Verdict verdict, std::int64_t code, std::string_view what,
                          std::string_view hint) const {
    auto const text = name_ + ": " + printable(what, secrets_);
    return {verdict, Error(code, text, recovery_for(verdict), std::string(hint), name_)};
}

Failure Endpoint::failure_of_status(long status) const {
    return failure(verdict_of_status(status), 0, fmt::format("HTTP {}", status),
                   hint_for_status(status));
}

// The breaker learns whether the endpoint works, not whether it served: a refusal is a sign of
// life. A rate limit says neither.
void Endpoint::settle(Outcome const& outcome, Permit& permit) {
    auto const* const failed = std::get_if<Failure>(&outcome);
    if (failed != nullptr && failed->verdict == Verdict::busy) return;
    if (failed != nullptr && failed->verdict == Verdict::ailing) {
        permit.failed(clock_.now());
    } else {
        permit.succeeded();
    }
}

void Endpoint::count(std::string_view method, Outcome const& outcome,
                     base::Clock::Duration duration) {
    auto const* const failed = std::get_if<Failure>(&outcome);
    auto const what = failed == nullptr ? "served" : name_of(failed->verdict);
    metrics_.counter("indexer_rpc_requests_total", name_, method, what).add();
    metrics_.histogram("indexer_rpc_request_seconds", name_, method)
        .observe(std::chrono::duration<double>(duration).count());
}

bool Endpoint::usable() const {
    std::lock_guard const lock(mutex_);
    return std::none_of(breakers_.begin(), breakers_.end(), [](auto const& breaker) {
        return breaker.second.statistics().state == State::open;
    });
}

void Endpoint::add_samples(observe::Samples& samples) const {
    std::lock_guard const lock(mutex_);
    for (auto const& [method, breaker] : breakers_) {
        auto const now = breaker.statistics();
        samples.gauge("indexer_breaker_state", gauge_of(now.state), name_, method);
        samples.count("indexer_breaker_transitions_total", now.transitions, name_, method);
    }
}

void Endpoint::rest_for(std::chrono::seconds duration) {
    std::lock_guard const lock(mutex_);
    rests_until_ = std::max(rests_until_, clock_.now() + std::min(duration, kLongestRest));
}

}  // namespace indexer::rpc
