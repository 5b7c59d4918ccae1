#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "solana/programs/call.hpp"

namespace indexer::solana {

// A trade in the normal form of solana.swaps, whose comments say what the members mean. Texts are
// empty where not known.
struct Swap {
    Position at;  // the instruction it was read from
    Program const* program;
    std::int16_t leg = 0;
    std::string_view pool;
    std::string_view trader;
    std::string_view input_mint;
    std::uint64_t input_amount;
    std::string_view output_mint;
    std::uint64_t output_amount;
    std::string_view fee_mint;
    std::optional<std::uint64_t> fee_amount;
    std::string_view leg_program;
    Call const* aggregator;  // null when none called it
};

}  // namespace indexer::solana
