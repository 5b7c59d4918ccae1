#include "rpc/call.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <tuple>
#include <utility>

namespace indexer::rpc {
namespace {

// Seqs that were skipped are told as "not yet" by some; where an endpoint is long past the seq,
// only another node behind its URL may know better.
constexpr unsigned kAsksOfLateSeqs = 3;
// Longest sleep of a call that waits for others to end.
constexpr std::chrono::seconds kLookAgain{60};

}  // namespace

Client::Call::Call(Client& client, Query const& query, std::optional<std::size_t> only)
    : client_(client),
      method_(query.method),
      params_(query.params_json),
      began_(client.clock_.now()),
      seq_(query.seq),
      attempts_(method_, client.policy_, client.clock_, client.random_),
      line_(client.line(method_)),
      first_(client.next_endpoint_++),
      candidates_(client.endpoints_.size()) {
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
        candidates_[i].taking_part = !only || *only == i;
    }
}

bool Client::Call::is_left(std::size_t endpoint) const {
    auto const& candidate = candidates_[endpoint];
    return candidate.taking_part && !candidate.refusal && accepts(endpoint);
}

bool Client::Call::accepts(std::size_t endpoint) const {
    return !client_.endpoints_[endpoint]->quarantined();
}

bool Client::Call::failed_at(std::size_t endpoint) const {
    return candidates_[endpoint].failed;
}

bool Client::Call::any_left() const {
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
        if (is_left(i)) return true;
    }
    return false;
}

std::vector<std::size_t> Client::Call::by_preference() const {
    auto const now = client_.clock_.now();
    using Rank = std::tuple<bool, bool, double, std::size_t>;
    std::vector<std::pair<Rank, std::size_t>> ranked;
    auto const count = candidates_.size();
    for (std::size_t i = 0; i < count; ++i) {
        if (!is_left(i)) continue;
        auto& endpoint = *client_.endpoints_[i];
        bool const lacks = seq_ && endpoint.record().lacks(*seq_, now);
        auto const turn = (i + count - first_ % count) % count;
        ranked.push_back({{candidates_[i].asked, lacks, endpoint.cost(), turn}, i});
    }
    std::sort(ranked.begin(), ranked.end());
    std::vector<std::size_t> order;
    for (auto const& [rank, endpoint] : ranked) order.push_back(endpoint);
    return order;
}

std::optional<Client::Call::Turn> Client::Call::try_turn(std::stop_token const& stop) {
    for (std::size_t const endpoint : by_preference()) {
        client_.endpoints_[endpoint]->refill(stop);
        if (auto permit = client_.endpoints_[endpoint]->admit(method_)) {
            return Turn{endpoint, std::move(*permit)};
        }
    }
    return std::nullopt;
}

Client::Call::Turn Client::Call::take_turn(std::stop_token stop) {
    if (auto turn = try_turn(stop)) return std::move(*turn);
    resilience::WaitingLine::Place place(line_);
    for (;;) {
        if (auto turn = try_turn(stop)) {
            place.call_next();
            return std::move(*turn);
        }
        end_if_hopeless();
        // Who was called here but wants another endpoint must not keep the call for itself.
        if (any_refused()) place.call_next();
        auto const when = next_turn_at(place.ahead());
        Error const because(0, "every endpoint is paused", base::Recovery::retry_here);
        attempts_.pausing_until(when, because);
        if (!place.wait_until(client_.clock_, when, stop)) throw base::stopped(method_);
    }
}

bool Client::Call::any_works() const {
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
        if (is_left(i) && client_.endpoints_[i]->works(method_)) return true;
    }
    return false;
}

bool Client::Call::any_refused() const noexcept {
    return std::any_of(candidates_.begin(), candidates_.end(),
                       [](Candidate const& candidate) { return candidate.refusal.has_value(); });
}

bool Client::Call::any_reached() const {
    return std::any_of(client_.endpoints_.begin(), client_.endpoints_.end(),
                       [](auto const& endpoint) { return endpoint->reached(); });
}

void Client::Call::end_if_hopeless() const {
    if (any_works()) return;
    // Who refused has answered; those whose breaker is open are not worth waiting for.
    if (any_refused()) throw refused_by_all();
    if (!any_left()) {
        throw Error(0, method_ + ": quarantined, its blocks contradict the chain",
                    base::Recovery::never);
    }
    // A wrong URL should be told at once, not after the breakers' pause.
    if (!any_reached()) throw nobody_reached();
}

base::Clock::TimePoint Client::Call::next_turn_at(unsigned ahead) const {
    auto earliest = client_.clock_.now() + kLookAgain;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
        if (!is_left(i)) continue;
        earliest = std::min(earliest, client_.endpoints_[i]->admits_at(method_, ahead));
    }
    return earliest;
}

bool Client::Call::refuses(std::size_t endpoint, Failure const& failure) {
    auto const verdict = failure.verdict;
    if (verdict == Verdict::refused || verdict == Verdict::too_old) return true;
    if (verdict == Verdict::exhausted) return true;
    if (verdict != Verdict::not_yet || !seq_) return false;
    return ++candidates_[endpoint].not_yet >= kAsksOfLateSeqs &&
           client_.endpoints_[endpoint]->record().long_past(*seq_);
}

void Client::Call::failed(std::size_t endpoint, Failure const& failure, std::stop_token stop) {
    auto const& error = failure.error;
    if (failure.verdict == Verdict::never) throw error.at(method_);
    candidates_[endpoint].failed = true;
    if (refuses(endpoint, failure)) {
        candidates_[endpoint].refusal = error;
        any_exhausted_ = any_exhausted_ || failure.verdict == Verdict::exhausted;
        return;
    }
    last_failure_ = error;
    candidates_[endpoint].asked = true;
    count_attempt(endpoint, error, stop);
    attempts_.wait(std::move(stop));
}

bool Client::Call::another_works(std::size_t endpoint) const {
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
        if (i == endpoint || !is_left(i) || candidates_[i].asked) continue;
        if (client_.endpoints_[i]->works(method_)) return true;
    }
    return false;
}

void Client::Call::count_attempt(std::size_t endpoint, Error const& error, std::stop_token stop) {
    bool const elsewhere =
        error.recovery() == base::Recovery::retry_elsewhere && another_works(endpoint);
    auto const recovery = elsewhere ? base::Recovery::retry_elsewhere : base::Recovery::retry_here;
    try {
        attempts_.failed(Error(error.code(), error.what(), recovery, error.hint()));
    } catch (base::Error const& because) {
        throw gave_up(error, because, std::move(stop));
    }
    if (!elsewhere) {
        for (Candidate& candidate : candidates_) candidate.asked = false;
    }
    client_.metrics_.counter("indexer_rpc_retries_total", method_).add();
}

Error Client::Call::gave_up(Error const& last, base::Error const& because,
                            std::stop_token stop) const {
    Error error(last.code(), because.what(), because.recovery(), because.hint(), last.endpoint());
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
        if (!candidates_[i].failed || !is_left(i)) continue;
        if (!client_.endpoints_[i]->serves_another(method_, params_, began_, stop)) continue;
        error.set_of_the_question();
        break;
    }
    return error;
}

Error Client::Call::nobody_reached() const {
    auto const& hint = last_failure_.hint();
    return {0, method_ + ": " + last_failure_.what(), base::Recovery::never,
            hint.empty() ? "check the URL, and that this machine may reach it" : hint};
}

Error Client::Call::refused_by_all() const {
    std::string reasons = method_;
    std::vector<std::int64_t> codes;
    Error const* last = nullptr;
    for (Candidate const& candidate : candidates_) {
        if (!candidate.refusal) continue;
        reasons.append(last == nullptr ? ": " : ", ").append(candidate.refusal->what());
        last = &*candidate.refusal;
        codes.push_back(last->code());
    }
    Error all(last->code(), reasons, base::Recovery::never, last->hint(), last->endpoint());
    all.add_others(std::move(codes));
    if (!any_exhausted_) all.set_refusal();
    return all;
}

}  // namespace indexer::rpc
