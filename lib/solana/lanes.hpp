#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

// Characters sixteen at a time, as one number of the machine: one by one, what is checked of every
// key and balance would take longer than all else that is done with them.
namespace indexer::solana {

inline constexpr std::size_t kLane = 16;
using Lane [[gnu::vector_size(kLane)]] = std::uint8_t;

[[nodiscard]] inline Lane lane_at(void const* bytes) noexcept {
    Lane lane;
    std::memcpy(&lane, bytes, kLane);
    return lane;
}

[[nodiscard]] inline bool any(Lane lane) noexcept {
    std::array<std::uint64_t, 2> halves{};
    std::memcpy(halves.data(), &lane, sizeof lane);
    return (halves[0] | halves[1]) != 0;
}

}  // namespace indexer::solana
