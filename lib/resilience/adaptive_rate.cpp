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
constexpr double kSlowest = 0.5;  // calls a second
constexpr double kFastest = 1e6;  // more is no limit

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
    bool const too_early = slice_ - first_slice_ < std::int64_t{kSlicesOfASecond};
    if (too_early || (plateau_ > 0 && began <= cut_at_)) return;
    double const known = per_second(now).value_or(kFastest);
    double const measured =
        std::max(served_per_second(kSlicesOfASecond), served_per_second(kSlices));
    best_ = refused_in_a_row_ >= kARow ? measured : std::max(best_, measured);
    plateau_ = std::max({kSlowest, kLeast * best_, std::min(known, measured)});
    cut_at_ = now;
    bucket_.empty(now);
}

void AdaptiveRate::roll_to(std::int64_t slice) noexcept {
    auto const newest = std::max(slice, slice_);
    auto const first_new = std::max(slice_ + 1, newest - std::int64_t{kSlices} + 1);
    for (auto fresh = first_new; fresh <= newest; ++fresh) {
        served_[static_cast<std::size_t>(fresh) % kSlices] = 0;
    }
    slice_ = newest;
}

// Over the last `slices`, or over as many as there were, but never less than a second.
double AdaptiveRate::served_per_second(std::size_t slices) const noexcept {
    auto const lived = static_cast<std::size_t>(slice_ - first_slice_ + 1);
    auto const count = std::max(std::min(slices, lived), kSlicesOfASecond);
    std::uint64_t calls = 0;
    for (std::size_t back = 0; back < std::min(count, kSlices); ++back) {
        calls += served_[(static_cast<std::size_t>(slice_) + kSlices - back) % kSlices];
    }
    return static_cast<double>(calls) * kSlicesOfASecond / static_cast<double>(count);
}

}  // namespace indexer::resilience
