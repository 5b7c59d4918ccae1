#include "solana/programs/jupiter_v6.hpp"

#include <algorithm>
#include <array>

#include "solana/programs/anchor.hpp"
#include "solana/programs/market.hpp"

namespace indexer::solana {
namespace {

constexpr std::uint64_t kSwapEvent = 0x40c6cde8260871e2;   // one a leg
constexpr std::uint64_t kSwapsEvent = 0x982f4eebc0606e6a;  // one a route, of the v2 instructions

struct Route {
    std::uint64_t discriminator;
    std::size_t trader;  // which of its accounts is the user
};

constexpr std::array kRoutes{
    Route{0xe517cb977ae3ad2a, 1},  // route
    Route{0xc1209b3341d69c81, 2},  // shared_accounts_route
    Route{0xbb64facc31c4af14, 0},  // route_v2
    Route{0xd19853937cfed8e9, 1},  // shared_accounts_route_v2
    Route{0xd033ef977b2bed5c, 1},  // exact_out_route
    Route{0xb0d169a89a7d453e, 2},  // shared_accounts_exact_out_route
    Route{0x9d8ab85215f4f324, 0},  // exact_out_route_v2
    Route{0x3560e5cad8bbfa18, 1},  // shared_accounts_exact_out_route_v2
    Route{0x96564774a75d0e68, 1},  // route_with_token_ledger
    Route{0xe6798f50779f6aaa, 2},  // shared_accounts_route_with_token_ledger
};

// Null when the instruction is no route, or one that came later.
Route const* find_route(Call const& call) noexcept {
    auto const instruction = anchor::discriminator(call.data);
    auto const* const found = std::find_if(kRoutes.begin(), kRoutes.end(), [&](auto const& route) {
        return route.discriminator == instruction;
    });
    return found == kRoutes.end() ? nullptr : found;
}

// Empty for a route that came later: its legs are known all the same.
std::string_view trader_of(Call const& call) {
    auto const* const route = find_route(call);
    return route != nullptr ? call.address(route->trader) : std::string_view{};
}

class Legs {
  public:
    Legs(Call const& event, Market& market) : market_(market), swap_(market.swap_of(event)) {
        swap_.trader = trader_of(market.reported(event));
    }

    void add(JupiterLeg const& leg) {
        swap_.input_mint = market_.spell(leg.input_mint);
        swap_.input_amount = leg.input_amount;
        swap_.output_mint = market_.spell(leg.output_mint);
        swap_.output_amount = leg.output_amount;
        if (leg.program != base58::Bytes32{}) swap_.leg_program = market_.spell(leg.program);
        market_.add(swap_);
        ++swap_.leg;
    }

  private:
    Market& market_;
    Swap swap_;
};

JupiterLeg read_amounts(ByteReader& in) {
    JupiterLeg leg;
    leg.input_mint = in.key();
    leg.input_amount = in.u64();
    leg.output_mint = in.key();
    leg.output_amount = in.u64();
    return leg;
}

}  // namespace

JupiterLeg read_jupiter_swap_event(ByteReader& in) {
    auto const program = in.key();
    auto leg = read_amounts(in);
    leg.program = program;
    return leg;
}

std::vector<JupiterLeg> read_jupiter_swaps_event(ByteReader& in) {
    std::vector<JupiterLeg> legs;
    for (auto count = in.u32(); count > 0; --count) legs.push_back(read_amounts(in));
    return legs;
}

void jupiter_v6_swaps(Call const& call, Market& market) {
    if (find_route(call) != nullptr) return market.require_event(call, {kSwapEvent, kSwapsEvent});
    auto const event = anchor::event_cpi(call.data);
    if (!anchor::is_one_of(event, {kSwapEvent, kSwapsEvent})) return;
    ByteReader in(anchor::body(event));
    Legs legs(call, market);
    if (anchor::discriminator(event) == kSwapEvent) return legs.add(read_jupiter_swap_event(in));
    for (JupiterLeg const& leg : read_jupiter_swaps_event(in)) legs.add(leg);
}

}  // namespace indexer::solana
