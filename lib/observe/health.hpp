#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "base/clock.hpp"
#include "base/seq.hpp"
#include "observe/metrics.hpp"

namespace indexer::observe {

// What the database says of a run's range.
struct Vitals {
    base::Seq next{};           // the first seq that is not proven, else the end of the range
    std::uint64_t missing = 0;  // seqs that are not proven
    std::uint64_t gaps = 0;     // unproven stretches with proven seqs behind them
    std::uint64_t holes = 0;
    std::uint64_t dead_letters = 0;
    std::uint64_t proven = 0;  // seqs proven in all; grows as the run gets on
};

// How a run fares at one moment.
struct Standing {
    std::optional<Vitals> vitals;                  // nothing: the database has not answered yet
    std::optional<base::Seq> tip;                  // as last heard
    std::optional<base::Clock::Duration> tip_age;  // since then
    bool behind = false;  // the tip is below the watermark by more than endpoints are apart
    // Tip minus watermark, both of the moment at which the database answered; while it does not,
    // of the newest tip.
    std::optional<std::uint64_t> lag;
    // How far endpoints still go back behind what is to be proven next; 0: they no longer have it.
    std::optional<std::uint64_t> headroom;
    std::optional<base::Clock::Duration> eta;
    base::Clock::Duration progress_age{};
    bool database_reachable = false;
    bool breaker_closed = false;  // some endpoint may be called
    bool progressing = false;
    bool healthy = false;
    bool ready = false;
};

// Judges a run by what it achieves, not by whether the process is there:
//
//   progressing  the proven part grew within `stall_after`, or nothing is missing
//   reachable    the database answered, and did so within `database_patience`
//   healthy      both, and some endpoint may be called
//   ready        healthy, the lag is at most `ready_lag`, and so is what the tip is behind what is
//                proven
//
// The proven part grows with the watermark, and behind it while the watermark waits at a hole: a
// restart would not help there. Safe for concurrent use.
class Health {
  public:
    struct Options {
        base::Clock::Duration stall_after;
        base::Clock::Duration database_patience;
        std::uint64_t ready_lag;
    };

    // `clock` must outlive this object. Time without progress counts from now on.
    Health(Options options, base::Clock& clock);

    void database_answered(Vitals const& vitals);
    void database_failed();
    void tip_is(base::Seq tip);
    void first_available_is(base::Seq first);
    void endpoints_usable(bool usable);

    [[nodiscard]] Standing standing() const;

  private:
    using TimePoint = base::Clock::TimePoint;

    void note_pace(TimePoint now, std::uint64_t missing);
    [[nodiscard]] std::optional<base::Clock::Duration> eta() const;

    Options const options_;
    base::Clock& clock_;
    mutable std::mutex mutex_;
    std::optional<Vitals> vitals_;
    std::optional<base::Seq> tip_;
    TimePoint tip_heard_at_{};
    std::optional<base::Seq> tip_when_answered_;
    std::optional<base::Seq> first_available_;
    std::optional<TimePoint> database_answered_at_;
    TimePoint progressed_at_;
    std::deque<std::pair<TimePoint, std::uint64_t>> pace_;  // what was missing, the last minute
    bool endpoints_usable_ = true;
};

// In a few words: "healthy", or what is wrong first.
[[nodiscard]] char const* summary(Standing const& standing) noexcept;

// The metrics that say where a run stands and whether it is well.
void add_samples(Samples& samples, Standing const& standing);

}  // namespace indexer::observe
