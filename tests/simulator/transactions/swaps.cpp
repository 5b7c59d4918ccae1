#include "tests/simulator/transactions/swaps.hpp"

#include "base/uint128.hpp"
#include "tests/simulator/encoding/bytes.hpp"

namespace indexer::simulator {
namespace {

constexpr std::uint64_t kPoolRent = 6'124'800;  // 752 bytes

// What 0.25 % of fee and the pool's curve leave of `amount`.
std::uint64_t price(std::uint64_t amount, std::uint64_t reserve_in, std::uint64_t reserve_out) {
    base::Uint128 const net = base::Uint128{amount} * 9975 / 10000;
    return static_cast<std::uint64_t>(net * reserve_out / (reserve_in + net));
}

}  // namespace

Trade random_trade(Random& random, Pool const& pool, bool sells_coin, std::uint64_t amount_in) {
    Trade trade{.pool = pool, .sells_coin = sells_coin};
    trade.coin_reserve = random.between(1'000'000'000'000, 900'000'000'000'000);
    trade.quote_reserve = random.between(10'000'000'000, 9'000'000'000'000);
    auto const in = trade.sells_coin ? trade.coin_reserve : trade.quote_reserve;
    auto const out = trade.sells_coin ? trade.quote_reserve : trade.coin_reserve;
    trade.amount_in = amount_in > 0 ? amount_in : random.between(in / 1'000'000, in / 1'000);
    trade.amount_out = price(trade.amount_in, in, out);
    return trade;
}

TradeAccounts open_trade(TransactionBuilder& tx, Trade const& trade, Key const& vault_owner) {
    auto const user = tx.at(tx.payer()).key;
    auto const spare = tx.random().below(1'000'000'000);
    auto const coin_vault = tx.from_table(
        tx.tokens(trade.pool.coin_vault, {trade.pool.coin, vault_owner, trade.coin_reserve}));
    auto const quote_vault = tx.from_table(
        tx.tokens(trade.pool.quote_vault, {trade.pool.quote, vault_owner, trade.quote_reserve}));
    return {.user_in = wallet_tokens(tx, user, trade.mint_in(), trade.amount_in + spare),
            .user_out = wallet_tokens(tx, user, trade.mint_out(), spare / 7),
            .vault_in = trade.sells_coin ? coin_vault : quote_vault,
            .vault_out = trade.sells_coin ? quote_vault : coin_vault};
}

AccountId belonging(TransactionBuilder& tx, Key const& owner, std::uint64_t n) {
    return tx.from_table(tx.writable(World::derived(owner, n), kPoolRent));
}

void make(TransactionBuilder& tx, ProgramCall const& call) {
    tx.invoke(call.program, call.accounts, call.data, call.body);
}

void emit_event(TransactionBuilder& tx, Key const& program, Key const& authority,
                std::string const& event) {
    tx.invoke(tx.program(program), {tx.readonly(authority, 0)},
              Bytes("e445a52e51cb9a1d").raw(event));
}

}  // namespace indexer::simulator
