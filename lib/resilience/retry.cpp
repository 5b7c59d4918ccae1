#include "resilience/retry.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

namespace indexer::resilience {

using base::Clock;

namespace {

std::string readable(Clock::Duration duration) {
    using namespace std::chrono;
    if (duration < 1s) return fmt::format("{} ms", duration_cast<milliseconds>(duration).count());
    return fmt::format("{} s", duration_cast<seconds>(duration).count());
}

}  // namespace

Attempts::Attempts(std::string where, RetryPolicy policy, Clock& clock, Random& random)
    : where_(std::move(where)),
      policy_(policy),
      clock_(clock),
      random_(random),
      started_(clock.now()),
      due_(started_) {
}

void Attempts::failed(base::Error const& error) {
    remember(error);
    if (++attempts_ >= policy_.max_attempts) throw gave_up();
    bool const elsewhere = error.recovery() == base::Recovery::retry_elsewhere;
    if (elsewhere && ++places_tried_ < policy_.places) return;
    places_tried_ = 0;
    not_before(clock_.now() + policy_.backoff.delay(++waits_, random_));
}

void Attempts::not_before(Clock::TimePoint when) noexcept {
    due_ = std::max(due_, when);
}

void Attempts::wait(std::stop_token stop) {
    if (too_late(due_)) throw gave_up();
    if (!clock_.sleep_until(due_, std::move(stop))) throw base::stopped(where_);
}

void Attempts::pausing_until(Clock::TimePoint when, base::Error const& because) {
    if (!too_late(when)) return;
    remember(because);
    throw gave_up();
}

void Attempts::remember(base::Error const& error) {
    fault_ = error.fault();
    if (!error.hint().empty()) hint_ = error.hint();
    auto const same = std::find_if(reasons_.begin(), reasons_.end(), [&](Reason const& reason) {
        return reason.text == error.what();
    });
    if (same == reasons_.end()) {
        reasons_.push_back({error.what(), 1});
    } else {
        ++same->times;
    }
}

bool Attempts::too_late(Clock::TimePoint when) const noexcept {
    return policy_.max_elapsed && when > started_ + *policy_.max_elapsed;
}

base::Error Attempts::gave_up() const {
    std::string reasons;
    for (auto const& [text, times] : reasons_) {
        if (!reasons.empty()) reasons += ", ";
        reasons += times > 1 ? fmt::format("{} ({}x)", text, times) : text;
    }
    auto const what =
        fmt::format("{}: gave up after {} attempt{} in {}: {}", where_, attempts_,
                    attempts_ == 1 ? "" : "s", readable(clock_.now() - started_), reasons);
    return base::Error(fault_, base::Recovery::never, what, hint_);
}

}  // namespace indexer::resilience
