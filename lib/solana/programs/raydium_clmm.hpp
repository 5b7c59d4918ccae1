#pragma once

#include "solana/programs/byte_reader.hpp"
#include "solana/programs/call.hpp"

namespace indexer::solana {

class Market;

// Raydium CLMM (concentrated liquidity): swap, swap_v2, and swap_router_base_in, which trades in
// several pools one after the other. Amounts are those of the transfers; the fee is known only
// where the program's log is whole.
// Source of the layouts: raydium-clmm, instructions/swap*.rs and states/pool.rs.
void raydium_clmm_swaps(Call const& call, Market& market);

// What a swap logs, as far as no transfer tells it. The program charges its fee in either token.
struct ClmmSwapEvent {
    base58::Bytes32 pool;
    bool zero_for_one = false;           // token 0 is the input
    std::optional<std::uint64_t> fee_0;  // since May 2026
    std::optional<std::uint64_t> fee_1;
};

// Requires: the discriminator is read already.
[[nodiscard]] ClmmSwapEvent read_clmm_swap(ByteReader& in);

}  // namespace indexer::solana
