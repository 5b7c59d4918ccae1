#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "solana/transaction.hpp"

namespace indexer::solana {

struct Program;

// Where in its transaction an instruction stands.
struct Position {
    static constexpr std::int16_t kNone = -1;

    std::size_t ordinal;             // among all calls, in the order of execution
    std::uint8_t instruction_index;  // of the top-level instruction it is, or is called by
    std::int16_t inner_index;        // in that one's list of inner instructions; kNone at top level
    std::int16_t batch_index;        // in a batch instruction; kNone outside
};

// One instruction as the decoders of programs see it: its bytes and its accounts. A view into the
// transaction and the trace it belongs to.
struct Call {
    Transaction const* transaction;
    Program const* program;  // null when no decoder knows it
    std::span<std::uint8_t const> accounts;
    std::string_view text;  // its data as the node spells it
    // Decoded, only of known programs; null when it is not base58, or longer than there can be.
    std::string_view data;
    std::uint8_t height;  // 1 top-level, 2 called by it, …; 0 where it was not recorded
    Position at;

    // Its nth account, as an index into Transaction::accounts. Throws undecodable() when there are
    // fewer, or when the transaction lacks that account.
    [[nodiscard]] std::uint8_t account(std::size_t n) const;
    [[nodiscard]] std::string_view address(std::size_t n) const;

    // Throws undecodable() when the node did not record what the transaction's instructions called.
    void require_inner_recorded() const;
};

}  // namespace indexer::solana
