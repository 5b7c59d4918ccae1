#pragma once

#include <cstddef>
#include <optional>

#include "solana/programs/call.hpp"
#include "solana/programs/swap.hpp"

namespace indexer::solana {

class Market;

// Which of a swap instruction's accounts are what.
struct PoolAccounts {
    std::size_t pool;
    std::size_t trader;
    std::size_t vault_a;  // the pool's token accounts, in whatever order
    std::size_t vault_b;
};

// The swap that the transfers below the instruction tell of: one into a vault, one out of the
// other. They are found by the vaults, because other transfers may come with them. Nothing when one
// is missing: some nodes do not record inner instructions.
[[nodiscard]] std::optional<Swap> pool_swap(Call const& call, Market const& market,
                                            PoolAccounts const& accounts);

// The same; a missing transfer throws undecodable().
[[nodiscard]] Swap require_pool_swap(Call const& call, Market const& market,
                                     PoolAccounts const& accounts);

}  // namespace indexer::solana
