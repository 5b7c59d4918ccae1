#pragma once

#include <functional>
#include <string>

#include "tests/simulator/transactions/builder.hpp"
#include "tests/simulator/transactions/world.hpp"

// Swaps on the programs an indexer decodes: instruction data, accounts, inner transfers, events and
// log lines as on mainnet in 2026.
namespace indexer::simulator {

// One trade of the payer in a pool: the sides, and what moves.
struct Trade {
    Pool pool;
    bool sells_coin = false;  // coin to quote, else quote to coin
    std::uint64_t amount_in = 0;
    std::uint64_t amount_out = 0;
    std::uint64_t coin_reserve = 0;  // of the pool, before
    std::uint64_t quote_reserve = 0;

    [[nodiscard]] Mint const& mint_in() const { return sells_coin ? pool.coin : pool.quote; }
    [[nodiscard]] Mint const& mint_out() const { return sells_coin ? pool.quote : pool.coin; }
};

// A trade at the pool's constant-product price; of `amount_in` when it is not 0.
[[nodiscard]] Trade random_trade(Random& random, Pool const& pool, bool sells_coin,
                                 std::uint64_t amount_in = 0);

// The accounts of a trade; the user's hold enough for it.
struct TradeAccounts {
    AccountId user_in;
    AccountId user_out;
    AccountId vault_in;
    AccountId vault_out;
};
[[nodiscard]] TradeAccounts open_trade(TransactionBuilder& tx, Trade const& trade,
                                       Key const& vault_owner);

// So many basis points of an amount, rounded up.
[[nodiscard]] constexpr std::uint64_t fee_of(std::uint64_t amount, std::uint64_t basis_points) {
    return (amount * basis_points + 9'999) / 10'000;
}

// An account that belongs to a pool or to its program, its nth; writable.
AccountId belonging(TransactionBuilder& tx, Key const& owner, std::uint64_t n);

// A call ready to be made, at the top level or from another program.
struct ProgramCall {
    AccountId program;
    AccountIds accounts{};
    std::string data{};
    std::function<void()> body{};
};
void make(TransactionBuilder& tx, ProgramCall const& call);

// An Anchor event: the program calls itself with the event as data, for its authority alone.
void emit_event(TransactionBuilder& tx, Key const& program, Key const& authority,
                std::string const& event);

namespace raydium {

[[nodiscard]] ProgramCall swap_v4(TransactionBuilder& tx, Trade const& trade);
[[nodiscard]] ProgramCall swap_clmm(TransactionBuilder& tx, Trade const& trade);
[[nodiscard]] ProgramCall swap_cpmm(TransactionBuilder& tx, Trade const& trade);

}  // namespace raydium

namespace jupiter {

// A route of one or two legs through Raydium pools.
void route(TransactionBuilder& tx, World const& world);

}  // namespace jupiter

namespace pump {

void trade_on_curve(TransactionBuilder& tx, World const& world);  // pump.fun
void trade_in_pool(TransactionBuilder& tx, World const& world);   // PumpSwap

}  // namespace pump

}  // namespace indexer::simulator
