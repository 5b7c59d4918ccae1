#pragma once

#include "solana/programs/call.hpp"

namespace indexer::solana {

class Market;

// Raydium AMM v4, the venue without Anchor: swapBaseIn, swapBaseOut and their V2 forms. Amounts are
// those of the transfers, or of the line it logs where transfers were not recorded.
// Source of the layouts: raydium-amm, instruction.rs and log.rs.
void raydium_amm_v4_swaps(Call const& call, Market& market);

}  // namespace indexer::solana
