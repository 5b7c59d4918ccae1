#include "solana/programs/program.hpp"

#include <algorithm>
#include <array>

#include "solana/programs.hpp"
#include "solana/programs/jupiter_v6.hpp"
#include "solana/programs/pump_fun.hpp"
#include "solana/programs/pump_swap.hpp"
#include "solana/programs/raydium_amm_v4.hpp"
#include "solana/programs/raydium_clmm.hpp"
#include "solana/programs/raydium_cpmm.hpp"
#include "solana/programs/raydium_launchlab.hpp"
#include "solana/programs/raydium_router.hpp"
#include "solana/programs/system.hpp"
#include "solana/programs/token.hpp"

namespace indexer::solana {
namespace {

constexpr std::array kPrograms{
    Program{.address = programs::kSystem, .moves = system_moves},
    Program{.address = programs::kToken, .moves = token_moves},
    Program{.address = programs::kToken2022, .moves = token_moves},
    Program{.address = "675kPX9MHTjS2zt1qfr1NYHuzeLXfQM9H24wFSUt1Mp8",
            .swaps = raydium_amm_v4_swaps,
            .venue = "raydium_amm_v4"},
    Program{.address = "CAMMCzo5YL8w4VFF8KVHrK22GGUsp5VTaW7grrKgrWqK",
            .swaps = raydium_clmm_swaps,
            .venue = "raydium_clmm"},
    Program{.address = "CPMMoo8L3F4NbTegBCKVNunggL7H1ZpdTHKxQB5qKP1C",
            .swaps = raydium_cpmm_swaps,
            .venue = "raydium_cpmm"},
    Program{.address = "LanMV9sAd7wArD4vJFi2qDdfnVhFxYSUg6eADduJ3uj",
            .swaps = raydium_launchlab_swaps,
            .venue = "raydium_launchlab"},
    Program{.address = "6EF8rrecthR5Dkzon8Nwu78hRvfCKubJ14M5uBEwF6P",
            .swaps = pump_fun_swaps,
            .venue = "pump_fun"},
    Program{.address = "pAMMBay6oceH9fJKBRHGP5D4bD4sWpmSwMn52FMfXEA",
            .swaps = pump_swap_swaps,
            .venue = "pump_swap"},
    Program{.address = "JUP6LkbZbjS1jKKwapdHNy74zcZ3tLUZoi5QNyVTaV4",
            .swaps = jupiter_v6_swaps,
            .venue = "jupiter_v6",
            .aggregates = true},
    Program{.address = "routeUGWgWzqBWFcrCfv8tritsqukccJPu3q5GPP3xS",
            .swaps = raydium_router_swaps,
            .aggregates = true},
};

}  // namespace

Program const* find_program(std::string_view address) noexcept {
    auto const* const found =
        std::find_if(kPrograms.begin(), kPrograms.end(),
                     [&](Program const& program) { return program.address == address; });
    return found == kPrograms.end() ? nullptr : &*found;
}

}  // namespace indexer::solana
