#include "observe/health.hpp"

#include <algorithm>
#include <chrono>

namespace indexer::observe {
namespace {

using Seconds = std::chrono::duration<double>;

constexpr std::chrono::seconds kPaceWindow{60};

// Of half-open ranges: the watermark is the seq before `next`.
std::uint64_t lag_of(base::Seq tip, base::Seq next) noexcept {
    return tip < next ? 0 : tip.value() + 1 - next.value();
}

std::uint64_t behind_of(base::Seq tip, base::Seq next) noexcept {
    return next <= tip.next() ? 0 : next.value() - tip.next().value();
}

std::uint64_t headroom_of(base::Seq first_available, base::Seq next) noexcept {
    return next < first_available ? 0 : next.value() - first_available.value();
}

void add_vitals(Samples& samples, Vitals const& vitals) {
    samples.gauge("indexer_proven_seq", static_cast<double>(vitals.next.value()) - 1);
    samples.gauge("indexer_missing_seqs", vitals.missing);
    samples.gauge("indexer_gaps", vitals.gaps);
    samples.gauge("indexer_holes", vitals.holes);
    samples.gauge("indexer_dead_letters", vitals.dead_letters);
}

}  // namespace

Health::Health(Options options, base::Clock& clock)
    : options_(options), clock_(clock), progressed_at_(clock.now()) {
}

void Health::database_answered(Vitals const& vitals) {
    auto const now = clock_.now();
    std::lock_guard const lock(mutex_);
    bool const grew = !vitals_ || vitals.proven > vitals_->proven || vitals.next > vitals_->next;
    if (grew || vitals.missing == 0) progressed_at_ = now;
    vitals_ = vitals;
    tip_when_answered_ = tip_;
    database_answered_at_ = now;
    note_pace(now, vitals.missing);
}

void Health::database_failed() {
    std::lock_guard const lock(mutex_);
    database_answered_at_.reset();
}

void Health::tip_is(base::Seq tip) {
    auto const now = clock_.now();
    std::lock_guard const lock(mutex_);
    tip_ = tip;
    tip_heard_at_ = now;
}

void Health::first_available_is(base::Seq first) {
    std::lock_guard const lock(mutex_);
    first_available_ = first;
}

void Health::endpoints_usable(bool usable) {
    std::lock_guard const lock(mutex_);
    endpoints_usable_ = usable;
}

void Health::note_pace(TimePoint now, std::uint64_t missing) {
    pace_.emplace_back(now, missing);
    while (now - pace_.front().first > kPaceWindow) pace_.pop_front();
}

std::optional<base::Clock::Duration> Health::eta() const {
    if (pace_.empty()) return std::nullopt;
    auto const& [first_at, first] = pace_.front();
    auto const& [last_at, last] = pace_.back();
    if (last == 0) return base::Clock::Duration::zero();
    if (first <= last) return std::nullopt;
    auto const done = static_cast<double>(first - last);
    Seconds const left = Seconds(last_at - first_at) / done * static_cast<double>(last);
    return std::chrono::duration_cast<base::Clock::Duration>(left);
}

Standing Health::standing() const {
    auto const now = clock_.now();
    std::lock_guard const lock(mutex_);
    Standing standing;
    standing.vitals = vitals_;
    standing.tip = tip_;
    if (tip_) standing.tip_age = now - tip_heard_at_;
    standing.eta = eta();
    standing.progress_age = now - progressed_at_;
    standing.database_reachable =
        database_answered_at_ && now - *database_answered_at_ <= options_.database_patience;
    auto const tip = standing.database_reachable && tip_when_answered_ ? tip_when_answered_ : tip_;
    if (tip && vitals_) {
        standing.lag = lag_of(*tip, vitals_->next);
        standing.behind = behind_of(*tip, vitals_->next) > options_.ready_lag;
    }
    if (first_available_ && vitals_) {
        standing.headroom = headroom_of(*first_available_, vitals_->next);
    }
    standing.breaker_closed = endpoints_usable_;
    standing.progressing = standing.progress_age <= options_.stall_after;
    standing.healthy =
        standing.database_reachable && standing.breaker_closed && standing.progressing;
    standing.ready =
        standing.healthy && standing.lag && *standing.lag <= options_.ready_lag && !standing.behind;
    return standing;
}

char const* summary(Standing const& standing) noexcept {
    if (!standing.vitals) return "starting";
    if (standing.behind) return "the endpoints' tip is behind what is stored";
    if (standing.healthy) return "healthy";
    if (!standing.database_reachable) return "the database does not answer";
    return standing.breaker_closed ? "nothing new is proven" : "no endpoint may be called";
}

void add_samples(Samples& samples, Standing const& standing) {
    if (standing.vitals) add_vitals(samples, *standing.vitals);
    if (standing.tip) samples.gauge("indexer_tip_seq", standing.tip->value());
    if (standing.tip_age) {
        samples.gauge("indexer_tip_age_seconds", Seconds(*standing.tip_age).count());
    }
    if (standing.lag) samples.gauge("indexer_lag_seqs", *standing.lag);
    if (standing.headroom) samples.gauge("indexer_headroom_seqs", *standing.headroom);
    if (standing.eta) samples.gauge("indexer_eta_seconds", Seconds(*standing.eta).count());
    samples.gauge("indexer_healthy", standing.healthy);
    samples.gauge("indexer_ready", standing.ready);
    samples.gauge("indexer_progress_age_seconds", Seconds(standing.progress_age).count());
    samples.gauge("indexer_database_reachable", standing.database_reachable);
}

}  // namespace indexer::observe
