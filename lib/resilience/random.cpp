#include "resilience/random.hpp"

namespace indexer::resilience {

// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014): its
// state is a counter, so an atomic addition makes it safe for threads.
double Random::unit() noexcept {
    constexpr std::uint64_t kGamma = 0x9E3779B97F4A7C15;
    auto bits = state_.fetch_add(kGamma, std::memory_order_relaxed) + kGamma;
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
    bits ^= bits >> 31;
    return static_cast<double>(bits >> 11) * 0x1p-53;  // a double holds 53 bits exactly
}

}  // namespace indexer::resilience
