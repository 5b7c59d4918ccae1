#include "resilience/adaptive_rate.hpp"

#include <algorithm>
#include <chrono>

namespace indexer::resilience {
namespace {

using Seconds = std::chrono::duration<double>;

constexpr std::chrono::milliseconds kSlice{100};
constexpr std::size_t kSlicesOfASecond = 10;
constexpr double kCut = 0.85;   // of what was served, after a refusal
constexpr double kReturn = 5;   // seconds until the rate is there again
constexpr double kLeast = 0.4;  // of the best that was served, unless refusals come in a row
constexpr unsigned kARow = 3;
constexpr unsigned kALongRow = 6;  // where some refusals are thought not to be about the rate
constexpr double kSlowest = 0.5;   // calls a second
// A method that is seldom called was not served often, and could have been.
constexpr double kSlowestUnlessInARow = 2;
// Calls a second. Public nodes allow no less than 4 of a method; that fewer are refused has mostly
// other reasons, unless refusals come in a row.
constexpr double kSeldom = 3;
constexpr double kMostUnrelated = 0.15;  // of the calls; more has to do with their rate
constexpr double kMore = 2;              // times the share that is unrelated
constexpr double kFastest = 1e6;         // more is no limit

}  // namespace

AdaptiveRate::AdaptiveRate(TimePoint now) noexcept
    : bucket_(now), slice_(slice_of(now)), first_slice_(slice_) {
}

std::int64_t AdaptiveRate::slice_of(TimePoint now) noexcept {
    return now.time_since_epoch() / kSlice;
}

std::optional<double> AdaptiveRate::per_second(TimePoint now) const noexcept {
    if (plateau_ == 0) return std::nullopt;
    constexpr double kSteepness = (1 - kCut) / (kReturn * kReturn * kReturn);
    double const since = Seconds(now - cut_at_).count() - kReturn;
    return std::min(kFastest, plateau_ * (1 + kSteepness * since * since * since));
}

bool AdaptiveRate::admits(TimePoint now) noexcept {
    auto const rate = per_second(now);
    if (!rate) return true;
    bucket_.fill(*rate, now);
    return bucket_.has_one();
}

void AdaptiveRate::take() noexcept {
    if (plateau_ > 0) bucket_.take();
}

AdaptiveRate::TimePoint AdaptiveRate::due(TimePoint now, unsigned ahead) noexcept {
    auto const rate = per_second(now);
    if (!rate) return now;
    bucket_.fill(*rate, now);
    return bucket_.due(*rate, ahead);
}

void AdaptiveRate::served(TimePoint now) noexcept {
    refused_in_a_row_ = 0;
    roll_to(slice_of(now));
    ++served_[static_cast<std::size_t>(slice_) % kSlices];
}

// The better of the last second and the last ten: a call that follows a quiet time says nothing of
// the rate that is allowed, and a server that counts by ten seconds serves nothing at their end.
void AdaptiveRate::refused(TimePoint began, TimePoint now) noexcept {
    ++refused_in_a_row_;
    roll_to(slice_of(now));
    ++refused_[static_cast<std::size_t>(slice_) % kSlices];
    bool const too_early = slice_ - first_slice_ < std::int64_t{kSlicesOfASecond};
    if (too_early || (plateau_ > 0 && began <= cut_at_) || is_unrelated_refusal()) return;
    double const known = per_second(now).value_or(kFastest);
    double const measured =
        std::max(per_second_of(served_, kSlicesOfASecond), per_second_of(served_, kSlices));
    best_ = come_in_a_row() ? measured : std::max(best_, measured);
    plateau_ = std::max(least(), std::min(known, measured));
    cut_at_ = now;
    bucket_.empty(now);
}

bool AdaptiveRate::come_in_a_row() const noexcept {
    return refused_in_a_row_ >= (unrelated_ > 0 ? kALongRow : kARow);
}

double AdaptiveRate::least() const noexcept {
    return std::max(come_in_a_row() ? kSlowest : kSlowestUnlessInARow, kLeast * best_);
}

// Of calls as seldom as a poller's; or at the least rate refusals come as before: they are not
// about the rate.
bool AdaptiveRate::is_unrelated_refusal() noexcept {
    if (come_in_a_row()) {
        unrelated_ = 0;
        return false;
    }
    bool const seldom =
        per_second_of(served_, kSlices) + per_second_of(refused_, kSlices) <= kSeldom;
    bool const slow = plateau_ > 0 && plateau_ <= least();
    auto const share = share_refused();
    if (seldom || slow) unrelated_ = std::min(kMostUnrelated, share);
    return seldom || share <= kMore * unrelated_;
}

void AdaptiveRate::roll_to(std::int64_t slice) noexcept {
    auto const newest = std::max(slice, slice_);
    auto const first_new = std::max(slice_ + 1, newest - std::int64_t{kSlices} + 1);
    for (auto fresh = first_new; fresh <= newest; ++fresh) {
        served_[static_cast<std::size_t>(fresh) % kSlices] = 0;
        refused_[static_cast<std::size_t>(fresh) % kSlices] = 0;
    }
    slice_ = newest;
}

// Over the last `slices`, or over as many as there were, but never less than a second.
double AdaptiveRate::per_second_of(Slices const& calls, std::size_t slices) const noexcept {
    auto const lived = static_cast<std::size_t>(slice_ - first_slice_ + 1);
    auto const count = std::max(std::min(slices, lived), kSlicesOfASecond);
    auto const all = static_cast<double>(sum(calls, std::min(count, kSlices)));
    return all * kSlicesOfASecond / static_cast<double>(count);
}

// Over the last ten seconds.
double AdaptiveRate::share_refused() const noexcept {
    auto const refused = static_cast<double>(sum(refused_, kSlices));
    return refused / (refused + static_cast<double>(sum(served_, kSlices)));
}

std::uint64_t AdaptiveRate::sum(Slices const& calls, std::size_t slices) const noexcept {
    std::uint64_t sum = 0;
    for (std::size_t back = 0; back < slices; ++back) {
        sum += calls[(static_cast<std::size_t>(slice_) + kSlices - back) % kSlices];
    }
    return sum;
}

}  // namespace indexer::resilience
