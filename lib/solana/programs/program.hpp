#pragma once

#include <string_view>

namespace indexer::solana {

struct Call;
class Ledger;
class Market;

// A program whose instructions this program decodes. Decoders throw undecodable() when an
// instruction they should know is not as they know it; those they do not know they pass over.
struct Program {
    std::string_view address;
    // What an instruction moves: lamports or tokens.
    void (*moves)(Call const& call, Ledger& ledger) = nullptr;
    // What an instruction trades, once all moves of the transaction are known.
    void (*swaps)(Call const& call, Market& market) = nullptr;
    std::string_view venue = {};  // in solana.swaps
    bool aggregates = false;      // trades by calling other venues
};

// The table of programs, by address; null for one that is not in it.
[[nodiscard]] Program const* find_program(std::string_view address) noexcept;

}  // namespace indexer::solana
