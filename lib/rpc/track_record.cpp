#include "rpc/track_record.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace indexer::rpc {
namespace {

using Seconds = std::chrono::duration<double>;

constexpr double kWeight = 0.1;  // of one call
constexpr double kLeastSuccess = 0.05;
constexpr double kHalfLife = 30;  // seconds until what was seen counts half
// A node that lags catches up with a seq in about the time of a few.
constexpr std::chrono::milliseconds kNotYet{500};
// A minute of slots of 400 ms, half a minute of 200: time enough for every node behind one URL.
constexpr std::uint64_t kLongPast = 150;

}  // namespace

void TrackRecord::answered(Duration latency, TimePoint now) noexcept {
    note(latency, 1, now);
}

void TrackRecord::failed(Duration latency, TimePoint now) noexcept {
    note(latency, 0, now);
}

void TrackRecord::note(Duration latency, double success, TimePoint now) noexcept {
    std::lock_guard const lock(mutex_);
    double const seconds = Seconds(latency).count();
    latency_ = latency_ == 0 ? seconds : latency_ + kWeight * (seconds - latency_);
    success_ += kWeight * (success - success_);
    last_call_ = now;
}

double TrackRecord::expected_seconds(TimePoint now) const noexcept {
    std::lock_guard const lock(mutex_);
    double const faded = std::exp2(-Seconds(now - last_call_).count() / kHalfLife);
    return latency_ * faded / std::max(kLeastSuccess, success_ * success_);
}

void TrackRecord::served(base::Seq seq) noexcept {
    std::lock_guard const lock(mutex_);
    highest_served_ = highest_served_ ? std::max(*highest_served_, seq) : seq;
    if (seq >= lowest_not_yet_) not_yet_until_ = {};
}

void TrackRecord::too_old(base::Seq seq) noexcept {
    std::lock_guard const lock(mutex_);
    highest_too_old_ = highest_too_old_ ? std::max(*highest_too_old_, seq) : seq;
}

void TrackRecord::not_yet(base::Seq seq, TimePoint now) noexcept {
    std::lock_guard const lock(mutex_);
    if (highest_served_ && seq <= *highest_served_)
        return;  // says so of one seq, not of all behind
    lowest_not_yet_ = now < not_yet_until_ ? std::min(lowest_not_yet_, seq) : seq;
    not_yet_until_ = now + kNotYet;
}

void TrackRecord::doubt(std::vector<base::SeqRange> seqs) {
    std::lock_guard const lock(mutex_);
    doubted_ = std::move(seqs);
}

bool TrackRecord::lacks(base::Seq seq, TimePoint now) const noexcept {
    std::lock_guard const lock(mutex_);
    if (highest_too_old_ && seq <= *highest_too_old_) return true;
    auto const behind = std::upper_bound(
        doubted_.begin(), doubted_.end(), seq,
        [](base::Seq asked, base::SeqRange const& range) { return asked < range.end; });
    if (behind != doubted_.end() && behind->contains(seq)) return true;
    return now < not_yet_until_ && seq >= lowest_not_yet_;
}

bool TrackRecord::long_past(base::Seq seq) const noexcept {
    std::lock_guard const lock(mutex_);
    return highest_served_ && highest_served_->value() >= seq.value() + kLongPast;
}

}  // namespace indexer::rpc
