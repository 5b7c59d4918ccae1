#pragma once

#include "solana/programs/call.hpp"

namespace indexer::solana {

class Market;

// Raydium's router calls its pools, whose own instructions tell of the trades; it reports nothing
// itself. Throws undecodable() when what it called was not recorded, because trades are lost then.
void raydium_router_swaps(Call const& call, Market& market);

}  // namespace indexer::solana
