#pragma once

#include <cstdint>

namespace indexer::simulator {

// Spreads the bits of x: the finaliser of splitmix64 (Steele, Lea and Flood, 2014). The same input
// gives the same output on every machine, which std:: distributions do not promise.
[[nodiscard]] constexpr std::uint64_t scatter(std::uint64_t x) noexcept {
    x += 0x9e3779b97f4a7c15U;
    x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31U);
}

// One value from several; the order counts.
template <class... Rest>
[[nodiscard]] constexpr std::uint64_t mix(std::uint64_t first, Rest... rest) noexcept {
    std::uint64_t state = scatter(first);
    ((state = scatter(state ^ static_cast<std::uint64_t>(rest))), ...);
    return state;
}

// A stream of numbers that is a pure function of where it starts.
class Random {
  public:
    constexpr explicit Random(std::uint64_t start) noexcept : state_(start) {}

    constexpr std::uint64_t next() noexcept { return scatter(state_++); }

    // In [0, bound). Requires: bound > 0. The bias of the remainder is of no interest here.
    constexpr std::uint64_t below(std::uint64_t bound) noexcept { return next() % bound; }

    // In [low, high], both included.
    constexpr std::uint64_t between(std::uint64_t low, std::uint64_t high) noexcept {
        return low + below(high - low + 1);
    }

    // True in `rate` of all cases; a rate is between 0 and 1.
    constexpr bool chance(double rate) noexcept {
        return static_cast<double>(next() >> 11U) * 0x1.0p-53 < rate;
    }

  private:
    std::uint64_t state_;
};

}  // namespace indexer::simulator
