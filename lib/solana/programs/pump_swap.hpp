#pragma once

#include "solana/programs/byte_reader.hpp"
#include "solana/programs/call.hpp"

namespace indexer::solana {

class Market;

// PumpSwap, the pools of pump.fun, by the BuyEvent and SellEvent with which the program calls
// itself. A buy is for the pool's base token, which need not be the coin: SOL can be the base.
// Source of the layouts: the IDL in @pump-fun/pump-sdk.
void pump_swap_swaps(Call const& call, Market& market);

// Of either event, whose names differ but whose first fields stand in the same places.
struct PumpSwapTrade {
    std::uint64_t base_amount = 0;
    std::uint64_t user_quote_amount = 0;  // all fees included, or taken off
    // Of the quote token: liquidity's, protocol's, creator's, and the trader's own cashback.
    std::uint64_t fees = 0;
    base58::Bytes32 pool;
    base58::Bytes32 user;
};

// Requires: the discriminator is read already.
[[nodiscard]] PumpSwapTrade read_pump_swap_buy(ByteReader& in);
[[nodiscard]] PumpSwapTrade read_pump_swap_sell(ByteReader& in);

}  // namespace indexer::solana
