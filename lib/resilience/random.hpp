#pragma once

#include <atomic>
#include <cstdint>

namespace indexer::resilience {

// Random numbers for jitter: the same seed gives the same numbers. Not for secrets.
// Safe for concurrent use.
class Random {
  public:
    explicit Random(std::uint64_t seed) noexcept : state_(seed) {}

    // In [0, 1).
    [[nodiscard]] double unit() noexcept;

  private:
    std::atomic<std::uint64_t> state_;
};

}  // namespace indexer::resilience
