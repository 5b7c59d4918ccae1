#include "solana/programs/raydium_cpmm.hpp"

#include "solana/programs/anchor.hpp"
#include "solana/programs/market.hpp"
#include "solana/programs/pool_swap.hpp"

namespace indexer::solana {
namespace {

constexpr std::uint64_t kSwapBaseInput = 0x8fbe5adac41e33de;
constexpr std::uint64_t kSwapBaseOutput = 0x37d96256a34ab4ad;
constexpr std::uint64_t kSwapEvent = 0x40c6cde8260871e2;

constexpr PoolAccounts kPoolAccounts{.pool = 3, .trader = 0, .vault_a = 6, .vault_b = 7};

// The creator's part of the fee is left out where it is of the other token.
void add_fee(Call const& call, Market& market, Swap& swap) {
    auto const logged = market.logged_by(call);
    if (anchor::discriminator(logged) != kSwapEvent) return;
    ByteReader in(anchor::body(logged));
    auto const event = read_cpmm_swap(in);
    if (!event.trade_fee || market.spell(event.pool) != swap.pool) return;
    swap.fee_mint = swap.input_mint;
    swap.fee_amount = *event.trade_fee + (event.creator_fee_on_input ? event.creator_fee : 0);
}

}  // namespace

CpmmSwapEvent read_cpmm_swap(ByteReader& in) {
    CpmmSwapEvent event;
    event.pool = in.key();
    in.skip(8 * 6 + 1);  // vaults before, amounts, transfer fees, whether the input was fixed
    if (!in.has(32 * 2 + 8 * 2 + 1)) return event;
    in.skip(32 * 2);  // mints
    event.trade_fee = in.u64();
    event.creator_fee = in.u64();
    event.creator_fee_on_input = in.boolean();
    return event;
}

void raydium_cpmm_swaps(Call const& call, Market& market) {
    if (!anchor::is_one_of(call.data, {kSwapBaseInput, kSwapBaseOutput})) return;
    auto swap = require_pool_swap(call, market, kPoolAccounts);
    add_fee(call, market, swap);
    market.add(swap);
}

}  // namespace indexer::solana
