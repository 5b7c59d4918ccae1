#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/clock.hpp"
#include "resilience/token_bucket.hpp"

namespace indexer::resilience {

// The rate that a server turns out to allow, learnt from its refusals.
//
//   rate      before the first refusal there is none
//    │   ___              what was really served when it refused: near the limit
//    │__/   \___     _/
//    │        . \___/ .   a refusal cuts below that; then the rate returns fast, lingers there,
//    │        .       .   and asks for more ever faster, until the next refusal
//    └────────┴───────┴── time
//
// The curve is that of CUBIC (RFC 9438), on the rate instead of a window. Some servers refuse now
// and then whatever the rate is; so it is not lowered far below what was served before, nor at all
// where calls are seldom, unless refusals come in a row, and where being slower did not help it
// grows in spite of them until they are twice as many. Time is a parameter. Not safe for concurrent
// use.
class AdaptiveRate {
  public:
    using TimePoint = base::Clock::TimePoint;

    explicit AdaptiveRate(TimePoint now) noexcept;

    // Whether a call may begin now; take() it then.
    [[nodiscard]] bool admits(TimePoint now) noexcept;
    void take() noexcept;
    // When a call may begin for which `ahead` others wait.
    [[nodiscard]] TimePoint due(TimePoint now, unsigned ahead) noexcept;

    void served(TimePoint now) noexcept;
    // The call that began then was refused for its rate. Of calls that began before the last
    // refusal was heard only that one counts.
    void refused(TimePoint began, TimePoint now) noexcept;

    // As if nothing was ever refused.
    void forget() noexcept { plateau_ = best_ = unrelated_ = 0; }

    // Calls a second; nothing: no limit is known.
    [[nodiscard]] std::optional<double> per_second(TimePoint now) const noexcept;

  private:
    // What was answered, by tenths of a second.
    static constexpr std::size_t kSlices = 100;
    using Slices = std::array<std::uint32_t, kSlices>;
    [[nodiscard]] static std::int64_t slice_of(TimePoint now) noexcept;
    void roll_to(std::int64_t slice) noexcept;
    [[nodiscard]] std::uint64_t sum(Slices const& calls, std::size_t slices) const noexcept;
    [[nodiscard]] double per_second_of(Slices const& calls, std::size_t slices) const noexcept;
    [[nodiscard]] double share_refused() const noexcept;
    [[nodiscard]] bool come_in_a_row() const noexcept;
    [[nodiscard]] double least() const noexcept;
    [[nodiscard]] bool is_unrelated_refusal() noexcept;

    TokenBucket bucket_;
    double plateau_ = 0;    // none before the first refusal
    double best_ = 0;       // most that was served a second, as of a refusal
    double unrelated_ = 0;  // share of calls that is refused whatever the rate
    unsigned refused_in_a_row_ = 0;
    TimePoint cut_at_{};
    std::int64_t slice_;
    std::int64_t first_slice_;
    Slices served_{};
    Slices refused_{};
};

}  // namespace indexer::resilience
