#pragma once

#include <span>
#include <string_view>

#include "solana/block_header.hpp"
#include "solana/programs/activity.hpp"
#include "solana/transaction.hpp"

namespace indexer::solana {

// What nodes recorded of the transactions of a block, by its time.
struct Recording {
    bool results = true;  // of every transaction what came of it
    bool calls = true;    // what it called and logged, and the token balances
};
[[nodiscard]] Recording recording_of(BlockHeader const& header) noexcept;

// Something that every honest answer satisfies, by what is wrong where one does not. Those that
// can be told of a single value are checked where it is read (transaction_parser.cpp).
struct Invariant {
    std::string_view violation;
    bool (*holds)(Transaction const&, Recording);
};
// CONTRIBUTING.md has the reasons for each, and the share of genuine transactions that satisfy it.
[[nodiscard]] std::span<Invariant const> invariants() noexcept;

// Throws as json.hpp says when the transaction violates one.
void check_invariants(Transaction const& transaction, Recording recording);

// The same where the token balances of a transaction that succeeded are not what its instructions
// lead to. `activity` holds it. In a block of a time when nodes left parts out, its calls, or the
// balances, were not recorded then.
void check_balances(Transaction& transaction, Activity& activity, Recording recording);

// What the answer does not tell of a transaction, in words for users; empty: nothing.
[[nodiscard]] std::string_view unrecorded(Transaction const& transaction) noexcept;

// Nodes of that time wrote empty lists where they recorded nothing. Forgets such lists.
void forget_empty_lists(Transaction& transaction) noexcept;

}  // namespace indexer::solana
