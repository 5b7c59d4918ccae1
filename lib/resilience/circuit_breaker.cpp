#include "resilience/circuit_breaker.hpp"

#include <utility>

namespace indexer::resilience {

using Check = CircuitBreaker::Check;
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
    bool const is_probe = state_ == State::half_open;
    if (is_probe) ++probes_out_;
    return Permit(*this, generation_, is_probe);
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
    forget_row();
    if (state_ != State::half_open) return;
    --probes_out_;
    if (++probes_succeeded_ >= options_.probes) enter(State::closed);
}

std::optional<Check> CircuitBreaker::settle_failure(std::uint64_t generation, TimePoint now,
                                                    Question question, bool can_be_checked) {
    std::lock_guard const lock(mutex_);
    ++failures_;
    if (generation != generation_) return std::nullopt;
    ++failures_in_a_row_;
    failed_in_a_row_.insert(question);
    if (state_ == State::closed && can_be_checked) {
        if (being_checked_ || failures_in_a_row_ < options_.failures) return std::nullopt;
        being_checked_ = true;
        return Check(*this, generation_);
    }
    if (state_ == State::half_open || failed_in_a_row_.size() >= options_.failures) open(now);
    return std::nullopt;
}

void CircuitBreaker::settle_check(std::uint64_t generation,
                                  std::optional<TimePoint> failed_at) noexcept {
    std::lock_guard const lock(mutex_);
    if (generation != generation_) return;
    being_checked_ = false;
    if (!failed_at) return forget_row();
    // Unless another call was served meanwhile.
    if (failures_in_a_row_ >= options_.failures) open(*failed_at);
}

void CircuitBreaker::drop_check(std::uint64_t generation) noexcept {
    std::lock_guard const lock(mutex_);
    if (generation == generation_) being_checked_ = false;
}

void CircuitBreaker::settle_nothing(std::uint64_t generation) noexcept {
    std::lock_guard const lock(mutex_);
    if (generation == generation_ && state_ == State::half_open) --probes_out_;
}

void CircuitBreaker::forget_row() noexcept {
    failures_in_a_row_ = 0;
    failed_in_a_row_.clear();
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
    forget_row();
    being_checked_ = false;
    probes_out_ = 0;
    probes_succeeded_ = 0;
}

Check::Check(Check&& other) noexcept
    : breaker_(std::exchange(other.breaker_, nullptr)), generation_(other.generation_) {
}

Check::~Check() {
    if (breaker_ != nullptr) breaker_->drop_check(generation_);
}

void Check::served() noexcept {
    if (auto* const breaker = std::exchange(breaker_, nullptr)) {
        breaker->settle_check(generation_, std::nullopt);
    }
}

void Check::failed(TimePoint now) noexcept {
    if (auto* const breaker = std::exchange(breaker_, nullptr)) {
        breaker->settle_check(generation_, now);
    }
}

Permit::Permit(CircuitBreaker& breaker, std::uint64_t generation, bool is_probe) noexcept
    : breaker_(&breaker), generation_(generation), is_probe_(is_probe) {
}

Permit::Permit(Permit&& other) noexcept
    : breaker_(std::exchange(other.breaker_, nullptr)),
      generation_(other.generation_),
      is_probe_(other.is_probe_) {
}

Permit::~Permit() {
    if (breaker_ != nullptr) breaker_->settle_nothing(generation_);
}

void Permit::succeeded() noexcept {
    if (auto* const breaker = std::exchange(breaker_, nullptr)) {
        breaker->settle_success(generation_);
    }
}

std::optional<Check> Permit::failed(TimePoint now, CircuitBreaker::Question question,
                                    bool can_be_checked) {
    auto* const breaker = std::exchange(breaker_, nullptr);
    if (breaker == nullptr) return std::nullopt;
    return breaker->settle_failure(generation_, now, question, can_be_checked);
}

}  // namespace indexer::resilience
