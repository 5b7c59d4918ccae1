#include "solana/programs/pump_fun.hpp"

#include "solana/programs/anchor.hpp"
#include "solana/programs/market.hpp"

namespace indexer::solana {
namespace {

constexpr std::uint64_t kTradeEvent = 0xbddb7fd34ee661ee;

constexpr std::uint64_t kBuy = 0x66063d1201daebea;
constexpr std::uint64_t kSell = 0x33e685a4017f83ad;
constexpr std::uint64_t kBuyExactSolIn = 0x38fc74089edfcd5f;
constexpr std::size_t kCurve = 3;  // among their accounts
constexpr std::uint64_t kBuyV2 = 0xb817ee6167c5d33d;
constexpr std::uint64_t kSellV2 = 0x5df6823ce7e940b2;
constexpr std::uint64_t kBuyExactQuoteInV2 = 0xc2ab1c46684d5b2f;
constexpr std::size_t kCurveV2 = 10;

// Nothing when the instruction is no trade, or one that came later.
std::optional<std::size_t> curve_account(Call const& trade) noexcept {
    if (anchor::is_one_of(trade.data, {kBuy, kSell, kBuyExactSolIn})) return kCurve;
    if (anchor::is_one_of(trade.data, {kBuyV2, kSellV2, kBuyExactQuoteInV2})) return kCurveV2;
    return std::nullopt;
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
    if (!in.has(1 + 8 * 2)) return;
    in.skip(1 + 8);          // mayhem mode, basis points
    *trade.fee += in.u64();  // given back to the trader later: cashback
    if (!in.has(8 * 2 + 4)) return;
    in.skip(8 * 2);       // buyback, a part of the fee
    in.skip_counted(34);  // shareholders
    if (!in.has(32 + 8 * 3)) return;
    trade.quote_mint = in.key();
    trade.quote_amount = in.u64();
    in.skip(8 * 2);                     // quote reserves
    if (in.has(8 * 2)) in.skip(8 * 2);  // holder rewards
}

void add_trade(Call const& call, PumpFunTrade const& trade, Market& market) {
    auto const& instruction = market.reported(call);
    auto const curve = curve_account(instruction);
    bool const is_sol = !trade.quote_mint || *trade.quote_mint == base58::Bytes32{};
    auto const quote_mint = is_sol ? kSolMint : market.spell(*trade.quote_mint);
    auto const quote_amount = is_sol ? trade.sol_amount : trade.quote_amount;
    auto const mint = market.spell(trade.mint);
    auto swap = market.swap_of(call);
    if (curve) swap.pool = instruction.address(*curve);
    swap.trader = market.spell(trade.user);
    swap.input_mint = trade.is_buy ? quote_mint : mint;
    swap.input_amount = trade.is_buy ? quote_amount : trade.token_amount;
    swap.output_mint = trade.is_buy ? mint : quote_mint;
    swap.output_amount = trade.is_buy ? trade.token_amount : quote_amount;
    swap.fee_mint = quote_mint;
    swap.fee_amount = trade.fee;
    market.add(swap);
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
    if (curve_account(call)) return market.require_event(call, {kTradeEvent});
    auto const event = anchor::event_cpi(call.data);
    if (anchor::discriminator(event) != kTradeEvent) return;
    ByteReader in(anchor::body(event));
    add_trade(call, read_pump_fun_trade(in), market);
}

}  // namespace indexer::solana
