#include "tests/simulator/encoding/bytes.hpp"
#include "tests/simulator/transactions/programs.hpp"
#include "tests/simulator/transactions/swaps.hpp"
#include "tests/simulator/transactions/well_known.hpp"

// The pump.fun bonding curve.
namespace indexer::simulator::pump {
namespace {

constexpr std::uint64_t kFeeBasisPoints = 95;
constexpr std::uint64_t kCreatorBasisPoints = 30;
constexpr std::uint64_t kVirtualSol = 30'000'000'000;  // on top of the real reserves
constexpr std::uint64_t kVirtualTokens = 279'900'000'000'000;

struct CurveTrade {
    bool is_buy = false;
    std::uint64_t sol = 0;  // without fees
    std::uint64_t tokens = 0;
    std::uint64_t real_sol = 0;  // of the curve, after
    std::uint64_t real_tokens = 0;

    [[nodiscard]] std::uint64_t fee() const { return fee_of(sol, kFeeBasisPoints); }
    [[nodiscard]] std::uint64_t creator_fee() const { return fee_of(sol, kCreatorBasisPoints); }
    [[nodiscard]] char const* name() const { return is_buy ? "buy" : "sell"; }
};

struct CurveAccounts {
    Mint mint;
    Key creator;
    AccountId fees;
    AccountId curve;
    AccountId curve_tokens;
    AccountId user_tokens;
    AccountId creator_vault;
};

CurveTrade random_curve_trade(Random& random) {
    CurveTrade trade{.is_buy = random.chance(0.6)};
    trade.sol = random.between(1'000'000, 900'000'000);
    trade.tokens = trade.sol * random.between(20, 40);
    trade.real_sol = random.between(1'000'000'000, 80'000'000'000);
    trade.real_tokens = random.between(100'000'000'000'000, 700'000'000'000'000);
    return trade;
}

CurveAccounts open_curve(TransactionBuilder& tx, World const& world, CurveTrade const& trade) {
    auto const mint = world.coin(tx.random());
    auto const curve = World::derived(mint.key, 50);
    auto const creator = World::derived(mint.key, 51);
    auto const tokens = trade.real_tokens + (trade.is_buy ? trade.tokens : 0);
    auto const lamports = trade.real_sol + (trade.is_buy ? 0 : trade.sol);
    return {.mint = mint,
            .creator = creator,
            .fees = tx.writable(well_known::kPumpFunFees, 11'963'487'971'047),
            .curve = tx.writable(curve, lamports + 1'231'920),
            .curve_tokens = wallet_tokens(tx, curve, mint, tokens),
            .user_tokens = wallet_tokens(tx, tx.at(tx.payer()).key, mint, trade.tokens),
            .creator_vault = tx.writable(World::derived(creator, 52), 890'880)};
}

// TradeEvent with every group of fields up to September 2026; the quote is SOL.
std::string trade_event(TransactionBuilder& tx, CurveTrade const& trade, CurveAccounts const& a) {
    Bytes event("bddb7fd34ee661ee");
    event.add(a.mint.key).u64(trade.sol).u64(trade.tokens).u8(trade.is_buy ? 1 : 0);
    event.add(tx.at(tx.payer()).key).u64(tx.time());
    event.u64(trade.real_sol + kVirtualSol).u64(trade.real_tokens + kVirtualTokens);
    event.u64(trade.real_sol).u64(trade.real_tokens);
    event.add(well_known::kPumpFunFees).u64(kFeeBasisPoints).u64(trade.fee());
    event.add(a.creator).u64(kCreatorBasisPoints).u64(trade.creator_fee());
    event.u8(1).u64(0).u64(0).u64(trade.sol).u64(tx.time());
    std::string_view const name = trade.name();
    event.u32(name.size()).raw(name);
    event.u8(0).u64(0).u64(0).u64(0).u64(0).u32(0);  // mayhem, cashback, buyback, shareholders
    event.add(Key{}).u64(trade.sol).u64(trade.real_sol + kVirtualSol).u64(trade.real_sol);
    event.u64(0).u64(0);
    return event;
}

void buy(TransactionBuilder& tx, CurveTrade const& trade, CurveAccounts const& a) {
    tx.log("Program log: Instruction: Buy");
    token::transfer_checked(tx, a.curve_tokens, a.user_tokens, a.curve, trade.tokens);
    system_program::transfer(tx, tx.payer(), a.curve, trade.sol);
    system_program::transfer(tx, tx.payer(), a.creator_vault, trade.creator_fee());
    system_program::transfer(tx, tx.payer(), a.fees, trade.fee());
}

// The curve's lamports are the program's own: they move without the system program.
void sell(TransactionBuilder& tx, CurveTrade const& trade, CurveAccounts const& a) {
    tx.log("Program log: Instruction: Sell");
    token::transfer_checked(tx, a.user_tokens, a.curve_tokens, tx.payer(), trade.tokens);
    tx.move_lamports(a.curve, tx.payer(), trade.sol - trade.fee() - trade.creator_fee());
    tx.move_lamports(a.curve, a.creator_vault, trade.creator_fee());
    tx.move_lamports(a.curve, a.fees, trade.fee());
}

std::string curve_data(CurveTrade const& trade) {
    if (!trade.is_buy) {
        return Bytes("33e685a4017f83ad").u64(trade.tokens).u64(trade.sol - trade.sol / 50);
    }
    return Bytes("66063d1201daebea").u64(trade.tokens).u64(trade.sol + trade.sol / 50).u8(1);
}

}  // namespace

void trade_on_curve(TransactionBuilder& tx, World const& world) {
    auto const trade = random_curve_trade(tx.random());
    auto const a = open_curve(tx, world, trade);
    auto const self = tx.program(well_known::kPumpFun);
    AccountIds const accounts{tx.readonly(well_known::kPumpFunGlobal, 18'000'000),
                              a.fees,
                              tx.mint(a.mint),
                              a.curve,
                              a.curve_tokens,
                              a.user_tokens,
                              tx.payer(),
                              tx.program(well_known::kSystem),
                              tx.program(a.mint.program),
                              a.creator_vault,
                              tx.readonly(well_known::kPumpFunEvents, 0),
                              self};
    tx.invoke(self, accounts, curve_data(trade), [&] {
        trade.is_buy ? buy(tx, trade, a) : sell(tx, trade, a);
        emit_event(tx, well_known::kPumpFun, well_known::kPumpFunEvents, trade_event(tx, trade, a));
    });
}

}  // namespace indexer::simulator::pump
