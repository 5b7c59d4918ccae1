#pragma once

#include "solana/programs/byte_reader.hpp"
#include "solana/programs/call.hpp"

namespace indexer::solana {

class Market;

// Raydium LaunchLab's bonding curves, by the TradeEvent with which the program calls itself.
// Amounts are those of the transfers. Source of the layouts: raydium-sdk-V2, launchpad; checked
// with a purchase of June 2025.
void raydium_launchlab_swaps(Call const& call, Market& market);

// What a trade reports, as far as no transfer tells it.
struct LaunchLabTrade {
    base58::Bytes32 pool;
    std::uint64_t fees = 0;  // of the quote token: protocol's, platform's, creator's, referrer's
};

// Requires: the discriminator is read already.
[[nodiscard]] LaunchLabTrade read_launchlab_trade(ByteReader& in);

}  // namespace indexer::solana
