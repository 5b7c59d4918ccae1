#pragma once

#include <cstdint>

#include "base/seq.hpp"

// What the program knows of Solana's eras. ARCHITECTURE.md lists what else depends on them.
namespace indexer::solana::eras {

// The last block that TowerBFT decided, on mainnet: 21 October 2026, epoch 1064. Source: the
// certificate that getAgGenesisCert answers with. Alpenglow decided all that lie behind: their
// blocks hold no votes, a leader may update its block's parent, and every block that was made
// behind this one before Alpenglow began was deleted.
inline constexpr base::Seq kLastOfTower{459'652'999};

// A leader makes so many slots in a row, the first of which is a multiple of it.
inline constexpr std::uint64_t kLeaderWindow = 4;

// Only Alpenglow's leaders, and only in the first slot of their window, may update the parent of a
// block that they have begun (SIMD-0337).
[[nodiscard]] constexpr bool may_update_parent(base::Seq slot) noexcept {
    return slot > kLastOfTower && slot.value() % kLeaderWindow == 0;
}

}  // namespace indexer::solana::eras
