#include "resilience/limiter.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace indexer::resilience {

struct Limiter::Permit::Method {
    explicit Method(TimePoint now) noexcept : rate(now) {}

    [[nodiscard]] bool admits(TimePoint now) noexcept {
        return now >= rests_until && concurrency.admits() && rate.admits(now);
    }
    void begin() noexcept {
        concurrency.began();
        rate.take();
    }

    AdaptiveConcurrency concurrency;
    AdaptiveRate rate;
    TimePoint rests_until{};
};

Limiter::Limiter(Options options, TimePoint now) noexcept : options_(options), cap_(now) {
}

Limiter::~Limiter() = default;

Limiter::Method& Limiter::method(std::string_view name, TimePoint now) {
    auto const found = methods_.find(name);
    if (found != methods_.end()) return found->second;
    return methods_.try_emplace(std::string(name), now).first->second;
}

bool Limiter::cap_admits(TimePoint now) noexcept {
    if (!options_.per_second) return true;
    cap_.fill(*options_.per_second, now);
    return cap_.has_one();
}

void Limiter::share(SharedRate& shared) noexcept {
    std::lock_guard const lock(mutex_);
    shared_ = &shared;
}

std::optional<Limiter::Permit> Limiter::try_acquire(std::string_view name, TimePoint now) {
    std::lock_guard const lock(mutex_);
    Method& called = method(name, now);
    if (now < rests_until_ || !called.admits(now) || !cap_admits(now)) return std::nullopt;
    if (shared_ != nullptr && !shared_->has_turn(now)) return std::nullopt;
    if (shared_ != nullptr) shared_->take();
    if (options_.per_second) cap_.take();
    called.begin();
    return Permit(*this, called, now);
}

Limiter::TimePoint Limiter::next_attempt_at(std::string_view name, TimePoint now, unsigned ahead) {
    std::lock_guard const lock(mutex_);
    Method& called = method(name, now);
    if (!called.concurrency.admits()) return TimePoint::max();
    auto at = std::max({rests_until_, called.rests_until, called.rate.due(now, ahead)});
    if (options_.per_second) {
        cap_.fill(*options_.per_second, now);
        at = std::max(at, cap_.due(*options_.per_second, ahead));
    }
    if (shared_ != nullptr) at = std::max(at, shared_->due(now, ahead));
    return at;
}

unsigned Limiter::in_flight() const noexcept {
    return std::accumulate(methods_.begin(), methods_.end(), 0U, [](unsigned sum, auto& one) {
        return sum + one.second.concurrency.in_flight();
    });
}

void Limiter::remaining(std::string_view name, std::uint64_t calls, Duration spacing,
                        TimePoint now) {
    std::lock_guard const lock(mutex_);
    if (name.empty()) {
        if (calls <= in_flight()) rests_until_ = std::max(rests_until_, now + spacing);
        return;
    }
    Method& called = method(name, now);
    if (calls > called.concurrency.in_flight()) return;
    called.rests_until = std::max(called.rests_until, now + spacing);
}

void Limiter::reset() noexcept {
    std::lock_guard const lock(mutex_);
    rests_until_ = {};
    for (auto& [name, called] : methods_) {
        called.rate.forget();
        called.concurrency.forget();
        called.rests_until = {};
    }
}

std::vector<Limiter::Statistics> Limiter::statistics(TimePoint now) const {
    std::lock_guard const lock(mutex_);
    std::vector<Statistics> all;
    for (auto const& [name, called] : methods_) {
        all.push_back({.method = name,
                       .in_flight = called.concurrency.in_flight(),
                       .concurrency = called.concurrency.limit(),
                       .per_second = called.rate.per_second(now)});
    }
    return all;
}

Limiter::Permit::Permit(Limiter& limiter, Method& method, TimePoint began) noexcept
    : limiter_(&limiter), method_(&method), began_(began) {
}

Limiter::Permit::Permit(Permit&& other) noexcept
    : limiter_(std::exchange(other.limiter_, nullptr)),
      method_(other.method_),
      began_(other.began_) {
}

Limiter::Permit::~Permit() {
    auto* const limiter = std::exchange(limiter_, nullptr);
    if (limiter == nullptr) return;
    std::lock_guard const lock(limiter->mutex_);
    method_->concurrency.ended();
}

void Limiter::Permit::served(TimePoint now) noexcept {
    auto* const limiter = std::exchange(limiter_, nullptr);
    if (limiter == nullptr) return;
    std::lock_guard const lock(limiter->mutex_);
    method_->concurrency.served(began_, now);
    method_->rate.served(now);
}

void Limiter::Permit::too_fast(TimePoint now) noexcept {
    auto* const limiter = std::exchange(limiter_, nullptr);
    if (limiter == nullptr) return;
    std::lock_guard const lock(limiter->mutex_);
    method_->concurrency.overloaded(began_, now);
    method_->rate.refused(began_, now);
}

void Limiter::Permit::overloaded(TimePoint now) noexcept {
    auto* const limiter = std::exchange(limiter_, nullptr);
    if (limiter == nullptr) return;
    std::lock_guard const lock(limiter->mutex_);
    method_->concurrency.overloaded(began_, now);
}

}  // namespace indexer::resilience
