#include "solana/programs/raydium_router.hpp"

namespace indexer::solana {

void raydium_router_swaps(Call const& call, Market& /*market*/) {
    call.require_inner_recorded();
}

}  // namespace indexer::solana
