#include "resilience/circuit_breaker.hpp"

#include <utility>

namespace indexer::resilience {

using Permit = CircuitBreaker::Permit;

CircuitBreaker::CircuitBreaker(Options options, Random& random, Listener listener)
    : options_(options), random_(random), listener_(std::move(listener)) {
}

// Probes that succeeded count as out: no more are needed.
bool CircuitBreaker::all_probes_out() const noexcept {
    return state_ == State::half_open && probes_out_ + probes_succeeded_ >= options_.probes;
}

std::optional<Permit> CircuitBreaker::try_acquire(TimePoint now) noexcept {
    std::lock_guard const lock(mutex_);
    if (state_ == State::open && now >= open_until_) enter(State::half_open);
    if (state_ == State::open || all_probes_out()) return std::nullopt;
    if (state_ == State::half_open) ++probes_out_;
    return Permit(*this, generation_);
}

CircuitBreaker::TimePoint CircuitBreaker::next_attempt_at(TimePoint now) const noexcept {
    constexpr std::chrono::seconds kLookAgain{1};
    std::lock_guard const lock(mutex_);
    if (state_ == State::open) return open_until_;
    return all_probes_out() ? now + kLookAgain : now;
}

void CircuitBreaker::reset() noexcept {
    std::lock_guard const lock(mutex_);
    enter(State::closed);
}

CircuitBreaker::Statistics CircuitBreaker::statistics() const noexcept {
    std::lock_guard const lock(mutex_);
    return {state_, failures_in_a_row_, failures_, transitions_};
}

void CircuitBreaker::settle_success(std::uint64_t generation) noexcept {
    std::lock_guard const lock(mutex_);
    if (generation != generation_) return;
    failures_in_a_row_ = 0;
    if (state_ != State::half_open) return;
    --probes_out_;
    if (++probes_succeeded_ >= options_.probes) enter(State::closed);
}

void CircuitBreaker::settle_failure(std::uint64_t generation, TimePoint now) noexcept {
    std::lock_guard const lock(mutex_);
    ++failures_;
    if (generation != generation_) return;
    ++failures_in_a_row_;
    if (state_ == State::half_open || failures_in_a_row_ >= options_.failures) open(now);
}

void CircuitBreaker::settle_nothing(std::uint64_t generation) noexcept {
    std::lock_guard const lock(mutex_);
    if (generation == generation_ && state_ == State::half_open) --probes_out_;
}

void CircuitBreaker::open(TimePoint now) noexcept {
    auto const jitter = std::chrono::duration_cast<Duration>(options_.jitter * random_.unit());
    open_until_ = now + options_.open_for + jitter;
    enter(State::open, options_.open_for + jitter);
}

void CircuitBreaker::enter(State next, Duration open_for) noexcept {
    if (next != state_) {
        ++transitions_;
        if (listener_) listener_({state_, next, failures_in_a_row_, open_for});
    }
    state_ = next;
    ++generation_;
    failures_in_a_row_ = 0;
    probes_out_ = 0;
    probes_succeeded_ = 0;
}

Permit::Permit(CircuitBreaker& breaker, std::uint64_t generation) noexcept
    : breaker_(&breaker), generation_(generation) {
}

Permit::Permit(Permit&& other) noexcept
    : breaker_(std::exchange(other.breaker_, nullptr)), generation_(other.generation_) {
}

Permit::~Permit() {
    if (breaker_ != nullptr) breaker_->settle_nothing(generation_);
}

void Permit::succeeded() noexcept {
    if (auto* const breaker = std::exchange(breaker_, nullptr)) {
        breaker->settle_success(generation_);
    }
}

void Permit::failed(TimePoint now) noexcept {
    if (auto* const breaker = std::exchange(breaker_, nullptr)) {
        breaker->settle_failure(generation_, now);
    }
}

}  // namespace indexer::resilience
