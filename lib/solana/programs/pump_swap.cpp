#include "solana/programs/pump_swap.hpp"

#include "solana/programs/anchor.hpp"
#include "solana/programs/market.hpp"

namespace indexer::solana {
namespace {

constexpr std::uint64_t kBuy = 0x66063d1201daebea;
constexpr std::uint64_t kBuyExactQuoteIn = 0xc62e1552b4d9e870;
constexpr std::uint64_t kSell = 0x33e685a4017f83ad;
constexpr std::uint64_t kBuyEvent = 0x67f4521f2cf57777;
constexpr std::uint64_t kSellEvent = 0x3e2f370aa503dc2a;

// Among the accounts of each of these instructions.
constexpr std::size_t kPool = 0;
constexpr std::size_t kBaseMint = 3;
constexpr std::size_t kQuoteMint = 4;

// What was appended to both events alike, at the end.
constexpr std::size_t kBuyback = 8 * 2;
constexpr std::size_t kReservesAndBoost = 16 + 1 + 8;
constexpr std::size_t kHolderRewards = 8 * 2;

void skip_if_there(ByteReader& in, std::size_t count) {
    if (in.has(count)) in.skip(count);
}

PumpSwapTrade read_common(ByteReader& in) {
    PumpSwapTrade trade;
    in.skip(8);  // time
    trade.base_amount = in.u64();
    in.skip(8 * 7);  // limit, balances, reserves, quote amount; basis points
    trade.fees = in.u64();
    in.skip(8);
    trade.fees += in.u64();
    in.skip(8);  // quote amount with the liquidity providers' fee
    trade.user_quote_amount = in.u64();
    trade.pool = in.key();
    trade.user = in.key();
    in.skip(32 * 4);  // token accounts, fee recipient
    if (!in.has(32 + 8 * 2)) return trade;
    in.skip(32 + 8);  // coin creator, basis points
    trade.fees += in.u64();
    return trade;
}

void read_last_fields(ByteReader& in, PumpSwapTrade& trade) {
    if (!in.has(8 * 2)) return;
    in.skip(8);              // basis points
    trade.fees += in.u64();  // given back to the trader later: cashback
    skip_if_there(in, kBuyback);
    skip_if_there(in, kReservesAndBoost);
    skip_if_there(in, kHolderRewards);
}

void add_trade(Call const& call, PumpSwapTrade const& trade, bool buys, Market& market) {
    auto const& instruction = market.reported(call);
    if (instruction.address(kPool) != market.spell(trade.pool)) {
        throw undecodable("an event of another pool than its instruction's");
    }
    auto const base = instruction.address(kBaseMint);
    auto const quote = instruction.address(kQuoteMint);
    auto swap = market.swap_of(call);
    swap.pool = instruction.address(kPool);
    swap.trader = market.spell(trade.user);
    swap.input_mint = buys ? quote : base;
    swap.input_amount = buys ? trade.user_quote_amount : trade.base_amount;
    swap.output_mint = buys ? base : quote;
    swap.output_amount = buys ? trade.base_amount : trade.user_quote_amount;
    swap.fee_mint = quote;
    swap.fee_amount = trade.fees;
    market.add(swap);
}

}  // namespace

PumpSwapTrade read_pump_swap_buy(ByteReader& in) {
    auto trade = read_common(in);
    skip_if_there(in, 1 + 8 * 4);  // volume tracking
    if (!in.has(8 + 4)) return trade;
    in.skip(8);         // least base amount
    in.skip_counted();  // name of the instruction
    read_last_fields(in, trade);
    return trade;
}

PumpSwapTrade read_pump_swap_sell(ByteReader& in) {
    auto trade = read_common(in);
    read_last_fields(in, trade);
    return trade;
}

void pump_swap_swaps(Call const& call, Market& market) {
    if (anchor::is_one_of(call.data, {kBuy, kBuyExactQuoteIn, kSell})) {
        return market.require_event(call, {kBuyEvent, kSellEvent});
    }
    auto const event = anchor::event_cpi(call.data);
    auto const kind = anchor::discriminator(event);
    bool const buys = kind == kBuyEvent;
    if (!buys && kind != kSellEvent) return;
    ByteReader in(anchor::body(event));
    add_trade(call, buys ? read_pump_swap_buy(in) : read_pump_swap_sell(in), buys, market);
}

}  // namespace indexer::solana
