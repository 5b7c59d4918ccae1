#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "base/clock.hpp"
#include "base/seq.hpp"
#include "pipeline/planner.hpp"
#include "source/source.hpp"

namespace indexer::pipeline {

// How long a part usually takes, and from when on it holds others up: twice that, but not before
// `least`. A part that takes longer counts as if it had taken just so long, so that one that hangs
// changes little. Not safe for concurrent use.
class UsualTime {
  public:
    using Duration = base::Clock::Duration;

    explicit UsualTime(Duration least) noexcept : least_(least) {}

    void took(Duration time) noexcept;
    [[nodiscard]] Duration too_long() const noexcept;

  private:
    Duration least_;
    Duration mean_{0};
};

// The parts of another planner and, while one of them is held up (its seq fails and is tried again,
// its answer does not come), of what has come since: who follows the tip does not wait for one seq.
// Workers that find no part wait until the last one that is out is done. Safe for concurrent use by
// as many threads as ask.
class GrowingPlanner final : public Planner {
  public:
    // The other planner's parts lie before `end`. Everything named must outlive this object; of
    // `usual` no one else makes use meanwhile.
    GrowingPlanner(Planner& inner, source::Source& source, base::Seq end, base::Clock& clock,
                   UsualTime& usual);

    [[nodiscard]] std::optional<base::SeqRange> next(std::stop_token stop) override;

    // Whether somebody waits, and only for parts that take longer than usual.
    [[nodiscard]] bool is_held_up() const;
    // Adds what lies between the end and the tip. Throws what the source throws.
    void grow(base::Seq tip, std::stop_token stop);
    // Behind what was planned.
    [[nodiscard]] base::Seq end() const;

  private:
    void begin_part();
    [[nodiscard]] std::optional<base::SeqRange> wait_for_more(std::stop_token stop);

    Planner& inner_;
    source::Source& source_;
    base::Clock& clock_;
    UsualTime& usual_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    base::Seq end_;
    std::map<std::thread::id, base::Clock::TimePoint> out_;  // who is at a part, and since when
    std::deque<base::SeqRange> more_;
    unsigned waiting_ = 0;
    bool over_ = false;
};

}  // namespace indexer::pipeline
