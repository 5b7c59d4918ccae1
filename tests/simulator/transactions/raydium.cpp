#include <fmt/format.h>

#include "base/uint128.hpp"
#include "tests/simulator/encoding/bytes.hpp"
#include "tests/simulator/transactions/programs.hpp"
#include "tests/simulator/transactions/swaps.hpp"
#include "tests/simulator/transactions/well_known.hpp"

namespace indexer::simulator {
namespace {

// What 0.25 % of fee and the pool's curve leave of `amount`.
std::uint64_t quote_out(std::uint64_t amount, std::uint64_t reserve_in, std::uint64_t reserve_out) {
    base::Uint128 const net = base::Uint128{amount} * 9975 / 10000;
    return static_cast<std::uint64_t>(net * reserve_out / (reserve_in + net));
}

std::uint64_t slippage(std::uint64_t amount) {
    return amount - amount / 100;
}

}  // namespace

Trade random_trade(Random& random, Pool const& pool) {
    Trade trade{.pool = pool, .sells_coin = random.chance(0.5)};
    trade.coin_reserve = random.between(1'000'000'000'000, 900'000'000'000'000);
    trade.quote_reserve = random.between(10'000'000'000, 9'000'000'000'000);
    auto const in = trade.sells_coin ? trade.coin_reserve : trade.quote_reserve;
    auto const out = trade.sells_coin ? trade.quote_reserve : trade.coin_reserve;
    trade.amount_in = random.between(in / 1'000'000, in / 1'000);
    trade.amount_out = quote_out(trade.amount_in, in, out);
    return trade;
}

TradeAccounts open_trade(TransactionBuilder& tx, Trade const& trade, Key const& vault_owner) {
    auto const user = tx.at(tx.payer()).key;
    auto const before = trade.amount_in + tx.random().below(1'000'000'000);
    auto const coin_vault =
        tx.tokens(trade.pool.coin_vault, {trade.pool.coin, vault_owner, trade.coin_reserve});
    auto const quote_vault =
        tx.tokens(trade.pool.quote_vault, {trade.pool.quote, vault_owner, trade.quote_reserve});
    tx.from_table(coin_vault);
    tx.from_table(quote_vault);
    return {.user_in = wallet_tokens(tx, user, trade.mint_in(), before),
            .user_out = wallet_tokens(tx, user, trade.mint_out(), tx.random().below(1'000'000'000)),
            .vault_in = trade.sells_coin ? coin_vault : quote_vault,
            .vault_out = trade.sells_coin ? quote_vault : coin_vault};
}

namespace raydium {
namespace {

constexpr std::uint64_t kPoolRent = 6'124'800;

// A writable account that belongs to the pool: its nth.
AccountId belonging(TransactionBuilder& tx, Key const& owner, std::uint64_t n) {
    return tx.from_table(tx.writable(World::derived(owner, n), kPoolRent));
}

std::string ray_log(TransactionBuilder& tx, Trade const& trade, bool exact_out,
                    TradeAccounts const& accounts) {
    auto const user_balance = tx.at(accounts.user_in).tokens_after->amount;
    Bytes log;
    log.u8(exact_out ? 4 : 3);
    if (exact_out) {
        log.u64(trade.amount_in + trade.amount_in / 100).u64(trade.amount_out);
    } else {
        log.u64(trade.amount_in).u64(slippage(trade.amount_out));
    }
    log.u64(trade.sells_coin ? 2 : 1).u64(user_balance);
    log.u64(trade.coin_reserve).u64(trade.quote_reserve);
    log.u64(exact_out ? trade.amount_in : trade.amount_out);
    return "Program log: ray_log: " + base64(log.text());
}

}  // namespace

// swapBaseIn (9) or swapBaseOut (11), with the target-orders account (18 accounts) or without.
void swap_v4(TransactionBuilder& tx, Trade const& trade) {
    bool const exact_out = tx.random().chance(0.2);
    bool const has_target_orders = tx.random().chance(0.75);
    auto const& pool = trade.pool;
    auto const accounts = open_trade(tx, trade, well_known::kRaydiumV4Authority);
    auto const authority = tx.from_table(tx.readonly(well_known::kRaydiumV4Authority, 24'000'000));
    auto const coin_vault = tx.writable(pool.coin_vault, 0);
    auto const quote_vault = tx.writable(pool.quote_vault, 0);

    TransactionBuilder::Accounts list{tx.program(well_known::kToken), belonging(tx, pool.key, 0),
                                      authority, belonging(tx, pool.key, 3)};
    if (has_target_orders) list.push_back(belonging(tx, pool.key, 4));
    list.insert(list.end(), {coin_vault, quote_vault, tx.program(well_known::kSerum)});
    for (std::uint64_t n = 5; n < 12; ++n) list.push_back(belonging(tx, pool.key, n));
    list.insert(list.end(), {accounts.user_in, accounts.user_out, tx.payer()});

    Bytes data;
    data.u8(exact_out ? 11 : 9);
    if (exact_out) {
        data.u64(trade.amount_in + trade.amount_in / 100).u64(trade.amount_out);
    } else {
        data.u64(trade.amount_in).u64(slippage(trade.amount_out));
    }
    tx.invoke(tx.program(well_known::kRaydiumV4), list, data, [&] {
        tx.log(ray_log(tx, trade, exact_out, accounts));
        token::transfer(tx, accounts.user_in, accounts.vault_in, tx.payer(), trade.amount_in);
        token::transfer(tx, accounts.vault_out, accounts.user_out, authority, trade.amount_out);
    });
}

}  // namespace raydium
}  // namespace indexer::simulator
