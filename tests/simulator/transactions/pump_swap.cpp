#include "tests/simulator/encoding/bytes.hpp"
#include "tests/simulator/transactions/programs.hpp"
#include "tests/simulator/transactions/swaps.hpp"
#include "tests/simulator/transactions/well_known.hpp"

// The PumpSwap pools; base is the coin, quote wrapped SOL.
namespace indexer::simulator::pump {
namespace {

constexpr std::uint64_t kLpBasisPoints = 20;
constexpr std::uint64_t kProtocolBasisPoints = 5;
constexpr std::uint64_t kCreatorBasisPoints = 5;

struct PoolTrade {
    bool is_buy = false;
    std::uint64_t base = 0;
    std::uint64_t quote = 0;  // without fees
    std::uint64_t base_reserve = 0;
    std::uint64_t quote_reserve = 0;

    [[nodiscard]] std::uint64_t lp_fee() const { return fee_of(quote, kLpBasisPoints); }
    [[nodiscard]] std::uint64_t protocol_fee() const { return fee_of(quote, kProtocolBasisPoints); }
    [[nodiscard]] std::uint64_t creator_fee() const { return fee_of(quote, kCreatorBasisPoints); }
    [[nodiscard]] std::uint64_t fees() const { return lp_fee() + protocol_fee() + creator_fee(); }

    // What the user pays or gets, and what the pool gains or loses.
    [[nodiscard]] std::uint64_t user_quote() const {
        return is_buy ? quote + fees() : quote - fees();
    }
    [[nodiscard]] std::uint64_t pool_quote() const {
        return is_buy ? quote + lp_fee() : quote - lp_fee();
    }
};

struct PoolAccounts {
    Mint base;
    Key creator;
    AccountId pool;
    AccountId user_base;
    AccountId user_quote;
    AccountId pool_base;
    AccountId pool_quote;
    AccountId protocol;
    AccountId protocol_quote;
    AccountId creator_quote;
};

PoolTrade random_pool_trade(Random& random) {
    PoolTrade trade{.is_buy = random.chance(0.5)};
    trade.base = random.between(1'000'000, 2'000'000'000'000);
    trade.quote = random.between(1'000'000, 5'000'000'000);
    trade.base_reserve = random.between(100'000'000'000'000, 700'000'000'000'000);
    trade.quote_reserve = random.between(50'000'000'000, 900'000'000'000);
    return trade;
}

PoolAccounts open_pool(TransactionBuilder& tx, World const& world, PoolTrade const& trade) {
    auto const pool = world.sol_pool(tx.random());
    auto const address = World::derived(pool.key, 60);
    auto const creator = World::derived(pool.coin.key, 61);
    auto const protocol = World::derived(well_known::kPumpSwap, 62);
    auto const user = tx.at(tx.payer()).key;
    return {.base = pool.coin,
            .creator = creator,
            .pool = tx.from_table(tx.readonly(address, 2'359'440)),
            .user_base = wallet_tokens(tx, user, pool.coin, trade.base),
            .user_quote = wallet_tokens(tx, user, pool.quote, trade.user_quote()),
            .pool_base = wallet_tokens(tx, address, pool.coin, trade.base_reserve),
            .pool_quote = wallet_tokens(tx, address, pool.quote, trade.quote_reserve),
            .protocol = tx.from_table(tx.readonly(protocol, 1'182'328'469'615)),
            .protocol_quote = wallet_tokens(tx, protocol, pool.quote, 1'279'143'895'367),
            .creator_quote = wallet_tokens(tx, creator, pool.quote, 0)};
}

// The fields that BuyEvent and SellEvent share: what was, what moves, the fees.
void add_amounts(TransactionBuilder& tx, Bytes& event, PoolTrade const& trade,
                 PoolAccounts const& a) {
    event.u64(tx.time()).u64(trade.base).u64(trade.quote + (trade.is_buy ? trade.quote / 50 : 0));
    event.u64(tx.at(a.user_base).tokens_before->amount);
    event.u64(tx.at(a.user_quote).tokens_before->amount);
    event.u64(trade.base_reserve).u64(trade.quote_reserve).u64(trade.quote);
    event.u64(kLpBasisPoints).u64(trade.lp_fee());
    event.u64(kProtocolBasisPoints).u64(trade.protocol_fee());
    event.u64(trade.pool_quote()).u64(trade.user_quote());
    for (AccountId const id :
         {a.pool, tx.payer(), a.user_base, a.user_quote, a.protocol, a.protocol_quote}) {
        event.add(tx.at(id).key);
    }
    event.add(a.creator).u64(kCreatorBasisPoints).u64(trade.creator_fee());
}

// The layouts of September 2026: 489 bytes for a buy, 441 for a sell, event-CPI prefix included.
std::string pool_event(TransactionBuilder& tx, PoolTrade const& trade, PoolAccounts const& a) {
    Bytes event(trade.is_buy ? "67f4521f2cf57777" : "3e2f370aa503dc2a");
    add_amounts(tx, event, trade, a);
    if (trade.is_buy) {
        event.u8(1).u64(0).u64(0).u64(trade.quote).u64(tx.time());
        event.u64(trade.base).u32(3).raw("buy");
    }
    event.u64(0).u64(0).u64(0).u64(0);                                // cashback, buyback
    event.u128(0, 0).u8(0).u64(1'000'000'000'000'000).u64(0).u64(0);  // …, supply, holders
    return event;
}

void buy(TransactionBuilder& tx, PoolTrade const& trade, PoolAccounts const& a) {
    tx.log("Program log: Instruction: Buy");
    auto const payer = tx.payer();
    token::transfer_checked(tx, a.pool_base, a.user_base, a.pool, trade.base);
    token::transfer_checked(tx, a.user_quote, a.pool_quote, payer, trade.pool_quote());
    token::transfer_checked(tx, a.user_quote, a.protocol_quote, payer, trade.protocol_fee());
    token::transfer_checked(tx, a.user_quote, a.creator_quote, payer, trade.creator_fee());
}

void sell(TransactionBuilder& tx, PoolTrade const& trade, PoolAccounts const& a) {
    tx.log("Program log: Instruction: Sell");
    token::transfer_checked(tx, a.user_base, a.pool_base, tx.payer(), trade.base);
    token::transfer_checked(tx, a.pool_quote, a.user_quote, a.pool, trade.user_quote());
    token::transfer_checked(tx, a.pool_quote, a.protocol_quote, a.pool, trade.protocol_fee());
    token::transfer_checked(tx, a.pool_quote, a.creator_quote, a.pool, trade.creator_fee());
}

}  // namespace

void trade_in_pool(TransactionBuilder& tx, World const& world) {
    auto const trade = random_pool_trade(tx.random());
    auto const a = open_pool(tx, world, trade);
    auto const self = tx.program(well_known::kPumpSwap);
    auto const token_program = tx.program(well_known::kToken);
    AccountIds const accounts{a.pool,
                              tx.payer(),
                              tx.readonly(well_known::kPumpSwapGlobal, 3'069'360),
                              tx.mint(a.base),
                              tx.mint(well_known::kWrappedSol),
                              a.user_base,
                              a.user_quote,
                              a.pool_base,
                              a.pool_quote,
                              a.protocol,
                              a.protocol_quote,
                              token_program,
                              token_program,
                              tx.program(well_known::kSystem),
                              tx.program(well_known::kAssociatedToken),
                              tx.readonly(well_known::kPumpSwapEvents, 0),
                              self,
                              a.creator_quote,
                              tx.readonly(a.creator, 0)};
    Bytes data(trade.is_buy ? "66063d1201daebea" : "33e685a4017f83ad");
    data.u64(trade.base);
    data.u64(trade.is_buy ? trade.quote + trade.quote / 50 : trade.quote - trade.quote / 50);
    if (trade.is_buy) data.u8(1);
    tx.invoke(self, accounts, data, [&] {
        trade.is_buy ? buy(tx, trade, a) : sell(tx, trade, a);
        emit_event(tx, well_known::kPumpSwap, well_known::kPumpSwapEvents,
                   pool_event(tx, trade, a));
    });
}

}  // namespace indexer::simulator::pump
