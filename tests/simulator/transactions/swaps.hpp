#pragma once

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

// A trade at the pool's constant-product price.
[[nodiscard]] Trade random_trade(Random& random, Pool const& pool);

// The accounts of a trade; the user's hold enough for it.
struct TradeAccounts {
    TransactionBuilder::AccountId user_in;
    TransactionBuilder::AccountId user_out;
    TransactionBuilder::AccountId vault_in;
    TransactionBuilder::AccountId vault_out;
};
[[nodiscard]] TradeAccounts open_trade(TransactionBuilder& tx, Trade const& trade,
                                       Key const& vault_owner);

namespace raydium {

void swap_v4(TransactionBuilder& tx, Trade const& trade);
void swap_clmm(TransactionBuilder& tx, Trade const& trade);
void swap_cpmm(TransactionBuilder& tx, Trade const& trade);

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
