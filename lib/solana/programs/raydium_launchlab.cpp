#include "solana/programs/raydium_launchlab.hpp"

#include "solana/programs/anchor.hpp"
#include "solana/programs/market.hpp"
#include "solana/programs/pool_swap.hpp"

namespace indexer::solana {
namespace {

constexpr std::uint64_t kTradeEvent = 0xbddb7fd34ee661ee;

constexpr std::uint64_t kBuyExactIn = 0xfaea0d7bd59c13ec;
constexpr std::uint64_t kBuyExactOut = 0x18d3742869039938;
constexpr std::uint64_t kSellExactIn = 0x9527de9bd37c981a;
constexpr std::uint64_t kSellExactOut = 0x5fc8472208090ba6;

// Among the accounts of each of them.
constexpr PoolAccounts kPoolAccounts{.pool = 4, .trader = 0, .vault_a = 7, .vault_b = 8};
constexpr std::size_t kQuoteMint = 10;

// What follows the last of the fees: direction, status of the pool, and lately whether the input
// was exact.
constexpr std::size_t kMostAfterFees = 3;

}  // namespace

// The creator's fee was put in before the referrer's, not appended: what is left tells the forms
// apart.
LaunchLabTrade read_launchlab_trade(ByteReader& in) {
    LaunchLabTrade trade;
    trade.pool = in.key();
    in.skip(8 * 9);  // for sale, virtual and real reserves before and after, amounts
    trade.fees = in.u64() + in.u64();
    while (in.rest().size() >= 8 + 2 && in.rest().size() <= 8 * 2 + kMostAfterFees) {
        trade.fees += in.u64();
    }
    in.skip(2);
    if (in.has(1)) in.skip(1);
    return trade;
}

void raydium_launchlab_swaps(Call const& call, Market& market) {
    if (anchor::is_one_of(call.data, {kBuyExactIn, kBuyExactOut, kSellExactIn, kSellExactOut})) {
        return market.require_event(call, {kTradeEvent});
    }
    auto const event = anchor::event_cpi(call.data);
    if (anchor::discriminator(event) != kTradeEvent) return;
    ByteReader in(anchor::body(event));
    auto const trade = read_launchlab_trade(in);
    auto const& instruction = market.reported(call);
    auto swap = require_pool_swap(instruction, market, kPoolAccounts);
    if (swap.pool != market.spell(trade.pool)) {
        throw undecodable("an event of another pool than its instruction's");
    }
    swap.at = call.at;
    swap.fee_mint = instruction.address(kQuoteMint);
    swap.fee_amount = trade.fees;
    market.add(swap);
}

}  // namespace indexer::solana
