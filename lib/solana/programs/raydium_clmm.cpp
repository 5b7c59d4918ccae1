#include "solana/programs/raydium_clmm.hpp"

#include <algorithm>

#include "solana/programs/anchor.hpp"
#include "solana/programs/market.hpp"
#include "solana/programs/pool_swap.hpp"

namespace indexer::solana {
namespace {

constexpr std::uint64_t kSwap = 0xf8c69e91e17587c8;
constexpr std::uint64_t kSwapV2 = 0x2b04ed0b1ac91e62;
constexpr std::uint64_t kSwapRouterBaseIn = 0x457d73daf5baf2c4;
constexpr std::uint64_t kSwapEvent = 0x40c6cde8260871e2;

// Of swap and swap_v2.
constexpr PoolAccounts kPoolAccounts{.pool = 2, .trader = 0, .vault_a = 5, .vault_b = 6};

// The router's accounts: trader, its input account, the input mint and three programs; then for
// each pool its configuration, the pool, the output account, input vault, output vault, output
// mint, observation and tick arrays, which are of no fixed number.
constexpr std::size_t kFirstRouterPool = 6;
constexpr std::size_t kFromPoolToInputVault = 2;

void set_fee(Swap& swap, ClmmSwapEvent const& event) noexcept {
    if (!event.fee_0 || !event.fee_1) return;
    bool const in_token_0 = *event.fee_0 != 0;
    swap.fee_amount = in_token_0 ? event.fee_0 : event.fee_1;
    swap.fee_mint = in_token_0 == event.zero_for_one ? swap.input_mint : swap.output_mint;
}

void add_fee(Call const& call, Market& market, Swap& swap) {
    auto const logged = market.logged_by(call);
    if (anchor::discriminator(logged) != kSwapEvent) return;
    ByteReader in(anchor::body(logged));
    auto const event = read_clmm_swap(in);
    if (market.spell(event.pool) == swap.pool) set_fee(swap, event);
}

// Where among the router's accounts the two vaults of one pool stand next to each other.
std::optional<std::size_t> find_vaults(Call const& call, TokenMove const& in,
                                       TokenMove const& out) {
    for (auto i = kFirstRouterPool + kFromPoolToInputVault; i + 1 < call.accounts.size(); ++i) {
        if (call.accounts[i] == in.to && call.accounts[i + 1] == out.from) return i;
    }
    return std::nullopt;
}

// Two transfers a pool, one in, one out.
void add_route(Call const& call, Market& market) {
    auto const moves = market.moves_below(call);
    std::int16_t leg = 0;
    for (std::size_t i = 0; i + 1 < moves.size(); ++i) {
        auto const vaults = find_vaults(call, moves[i], moves[i + 1]);
        if (!vaults) continue;
        auto const& out = moves[++i];
        auto swap = market.swap_of(call);
        swap.leg = leg++;
        swap.pool = call.address(*vaults - kFromPoolToInputVault);
        swap.trader = call.address(0);
        swap.input_mint = moves[i - 1].mint;
        swap.input_amount = moves[i - 1].amount;
        swap.output_mint = out.mint;
        swap.output_amount = out.amount - out.fee.value_or(0);
        market.add(swap);
    }
    if (leg > 0) return;
    call.require_inner_recorded();
    throw undecodable("no transfers into and out of the pools");
}

}  // namespace

ClmmSwapEvent read_clmm_swap(ByteReader& in) {
    ClmmSwapEvent event;
    event.pool = in.key();
    in.skip(32 * 3);  // sender, token accounts
    in.skip(8 * 4);   // amounts and transfer fees
    event.zero_for_one = in.boolean();
    in.skip(16 * 2 + 4);  // sqrt price, liquidity, tick
    if (!in.has(8 * 2)) return event;
    event.fee_0 = in.u64();
    event.fee_1 = in.u64();
    return event;
}

void raydium_clmm_swaps(Call const& call, Market& market) {
    if (anchor::is_one_of(call.data, {kSwapRouterBaseIn})) return add_route(call, market);
    if (!anchor::is_one_of(call.data, {kSwap, kSwapV2})) return;
    auto swap = require_pool_swap(call, market, kPoolAccounts);
    add_fee(call, market, swap);
    market.add(swap);
}

}  // namespace indexer::solana
