#pragma once

#include "solana/programs/byte_reader.hpp"
#include "solana/programs/call.hpp"

namespace indexer::solana {

class Market;

// Raydium CPMM (constant product): swap_base_input and swap_base_output. Amounts are those of the
// transfers; the fee is known only where the program's log is whole.
// Source of the layouts: raydium-cp-swap, instructions/swap_base_*.rs and states/events.rs.
void raydium_cpmm_swaps(Call const& call, Market& market);

// What a swap logs, as far as no transfer tells it.
struct CpmmSwapEvent {
    base58::Bytes32 pool;
    std::optional<std::uint64_t> trade_fee;  // of the input; since September 2025
    std::uint64_t creator_fee = 0;
    bool creator_fee_on_input = false;
};

// Requires: the discriminator is read already.
[[nodiscard]] CpmmSwapEvent read_cpmm_swap(ByteReader& in);

}  // namespace indexer::solana
