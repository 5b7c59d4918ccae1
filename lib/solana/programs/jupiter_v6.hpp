#pragma once

#include <vector>

#include "solana/programs/byte_reader.hpp"
#include "solana/programs/call.hpp"

namespace indexer::solana {

class Market;

// Jupiter v6, the aggregator: a swap for each leg of a route, as the events say by which it calls
// itself. The route plan in the instruction is not read: it names venues by an enumeration that
// grows. A leg's input amount is nominal: a venue may have taken slightly less.
// Source of the layouts: the program's IDL.
void jupiter_v6_swaps(Call const& call, Market& market);

// What was traded in one leg. Only the older SwapEvent names the program of the venue.
struct JupiterLeg {
    base58::Bytes32 program{};
    base58::Bytes32 input_mint;
    std::uint64_t input_amount = 0;
    base58::Bytes32 output_mint;
    std::uint64_t output_amount = 0;
};

// Requires: the discriminator is read already.
[[nodiscard]] JupiterLeg read_jupiter_swap_event(ByteReader& in);
[[nodiscard]] std::vector<JupiterLeg> read_jupiter_swaps_event(ByteReader& in);

}  // namespace indexer::solana
