#pragma once

#include <optional>

#include "solana/programs/byte_reader.hpp"
#include "solana/programs/call.hpp"

namespace indexer::solana {

class Market;

// pump.fun's bonding curves, by the TradeEvent with which the program calls itself. Amounts are
// those of the curve: fees come on top of what a buyer pays and off what a seller gets.
// Source of the layouts: the IDL in @pump-fun/pump-sdk.
void pump_fun_swaps(Call const& call, Market& market);

struct PumpFunTrade {
    base58::Bytes32 mint;
    std::uint64_t sol_amount = 0;
    std::uint64_t token_amount = 0;
    bool is_buy = false;
    base58::Bytes32 user;
    std::optional<std::uint64_t> fee;           // the creator's part included; since mid 2025
    std::optional<base58::Bytes32> quote_mint;  // all zeros for SOL; since 2026
    std::uint64_t quote_amount = 0;
};

// Requires: the discriminator is read already.
[[nodiscard]] PumpFunTrade read_pump_fun_trade(ByteReader& in);

}  // namespace indexer::solana
