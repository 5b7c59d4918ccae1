#pragma once

#include <cstdint>
#include <limits>
#include <mutex>
#include <optional>
#include <vector>

#include "base/clock.hpp"
#include "base/seq.hpp"

namespace indexer::rpc {

// What an endpoint was seen to do: how fast and how surely it answers, and which part of the chain
// it has. Decides whom to ask first, never whom to believe. Safe for concurrent use; time is a
// parameter.
class TrackRecord {
  public:
    using Duration = base::Clock::Duration;
    using TimePoint = base::Clock::TimePoint;

    void answered(Duration latency, TimePoint now) noexcept;
    void failed(Duration latency, TimePoint now) noexcept;

    // How long a call is likely to take until it is served, in seconds, its failures included. What
    // was seen long ago counts for less and less, so that a slow endpoint gets another chance.
    [[nodiscard]] double expected_seconds(TimePoint now) const noexcept;

    void served(base::Seq seq) noexcept;
    // It said that its history begins behind `seq`: so it stays.
    void too_old(base::Seq seq) noexcept;
    // It said that it has not got `seq` yet: so it stays for a moment.
    void not_yet(base::Seq seq, TimePoint now) noexcept;

    // Others are to be asked for these seqs first, and for those named earlier no more. Ascending.
    void doubt(std::vector<base::SeqRange> seqs);

    // Whether it would be a surprise if it served `seq`.
    [[nodiscard]] bool lacks(base::Seq seq, TimePoint now) const noexcept;
    // Whether it served seqs so far behind `seq` that it must have had the time to get it.
    [[nodiscard]] bool long_past(base::Seq seq) const noexcept;

  private:
    void note(Duration latency, double success, TimePoint now) noexcept;

    mutable std::mutex mutex_;
    double latency_ = 0;  // seconds, mean of the last calls; 0: none yet
    double success_ = 1;  // share of the last calls that were answered
    TimePoint last_call_{};
    std::optional<base::Seq> highest_served_;
    std::optional<base::Seq> highest_too_old_;
    base::Seq lowest_not_yet_{std::numeric_limits<std::uint64_t>::max()};
    TimePoint not_yet_until_{};
    std::vector<base::SeqRange> doubted_;
};

}  // namespace indexer::rpc
