#include "solana/programs/pump_fun.hpp"

#include "solana/programs/anchor.hpp"
#include "solana/programs/market.hpp"

namespace indexer::solana {
namespace {

constexpr std::uint64_t kTradeEvent = 0xbddb7fd34ee661ee;

// Instructions whose first accounts differ from those of buy and sell.
constexpr std::uint64_t kBuyV2 = 0xb817ee6167c5d33d;
constexpr std::uint64_t kSellV2 = 0x5df6823ce7e940b2;
constexpr std::uint64_t kBuyExactQuoteInV2 = 0xc2ab1c46684d5b2f;
constexpr std::size_t kCurve = 3;
constexpr std::size_t kCurveV2 = 10;

std::size_t curve_account(Call const& trade) noexcept {
    auto const instruction = anchor::discriminator(trade.data);
    bool const v2 =
        instruction == kBuyV2 || instruction == kSellV2 || instruction == kBuyExactQuoteInV2;
    return v2 ? kCurveV2 : kCurve;
}

// What was appended to the event, group by group; an older event ends before one of them.
void read_appended(ByteReader& in, PumpFunTrade& trade) {
    if (!in.has(8 * 2)) return;
    in.skip(8 * 2);  // real reserves
    if (!in.has(32 * 2 + 8 * 4)) return;
    in.skip(32 + 8);  // fee recipient, basis points
    trade.fee = in.u64();
    in.skip(32 + 8);  // creator, basis points
    *trade.fee += in.u64();
    if (!in.has(1 + 8 * 4 + 4)) return;
    in.skip(1 + 8 * 4);  // volume tracking
    in.skip_counted();   // name of the instruction
    if (!in.has(1 + 8 * 4 + 4)) return;
    in.skip(1 + 8 * 4);   // mayhem mode, cashback, buyback
    in.skip_counted(34);  // shareholders
    if (!in.has(32 + 8 * 3)) return;
    trade.quote_mint = in.key();
    trade.quote_amount = in.u64();
    in.skip(8 * 2);                     // quote reserves
    if (in.has(8 * 2)) in.skip(8 * 2);  // holder rewards
}

}  // namespace

PumpFunTrade read_pump_fun_trade(ByteReader& in) {
    PumpFunTrade trade;
    trade.mint = in.key();
    trade.sol_amount = in.u64();
    trade.token_amount = in.u64();
    trade.is_buy = in.boolean();
    trade.user = in.key();
    in.skip(8 * 3);  // time, virtual reserves
    read_appended(in, trade);
    return trade;
}

void pump_fun_swaps(Call const& call, Market& market) {
    auto const event = anchor::event_cpi(call.data);
    if (anchor::discriminator(event) != kTradeEvent) return;
    ByteReader in(anchor::body(event));
    auto const trade = read_pump_fun_trade(in);
    auto const& instruction = market.reporter(call);

    bool const is_sol = !trade.quote_mint || *trade.quote_mint == base58::Bytes32{};
    auto const quote_mint = is_sol ? kSolMint : market.spell(*trade.quote_mint);
    auto const quote_amount = is_sol ? trade.sol_amount : trade.quote_amount;
    auto const mint = market.spell(trade.mint);
    auto swap = market.swap_of(call);
    swap.pool = instruction.address(curve_account(instruction));
    swap.trader = market.spell(trade.user);
    swap.input_mint = trade.is_buy ? quote_mint : mint;
    swap.input_amount = trade.is_buy ? quote_amount : trade.token_amount;
    swap.output_mint = trade.is_buy ? mint : quote_mint;
    swap.output_amount = trade.is_buy ? trade.token_amount : quote_amount;
    swap.fee_mint = quote_mint;
    swap.fee_amount = trade.fee;
    market.add(swap);
}

}  // namespace indexer::solana
