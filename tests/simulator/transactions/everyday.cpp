#include "tests/simulator/transactions/everyday.hpp"

#include <fmt/format.h>

#include "tests/simulator/encoding/bytes.hpp"
#include "tests/simulator/transactions/programs.hpp"
#include "tests/simulator/transactions/swaps.hpp"
#include "tests/simulator/transactions/well_known.hpp"

namespace indexer::simulator::everyday {
namespace {

using namespace std::string_view_literals;

Key payer_key(TransactionBuilder& tx) {
    return tx.at(tx.payer()).key;
}

// Most say something harmless; some hold a zero byte, which UTF-8 allows and PostgreSQL does not.
void write_memo(TransactionBuilder& tx) {
    if (tx.random().chance(0.02)) return memo::write(tx, "zero\0byte"sv, R"(zero\0byte)");
    memo::write(tx, "invoice \"7\": \xE2\x82\xAC 12.50", "invoice \\\"7\\\": \xE2\x82\xAC 12.50");
}

AccountId receiver_of(TransactionBuilder& tx, World const& world, Mint const& mint) {
    auto const receiver = world.user(tx.random());
    if (tx.random().chance(0.5)) {
        return wallet_tokens(tx, receiver, mint, tx.random().below(1'000'000'000));
    }
    return token::create_associated(tx, World::token_address(receiver, mint.key), receiver, mint);
}

void fill_with_calls(TransactionBuilder& tx, AccountIds const& accounts, unsigned depth) {
    tx.log("Program log: Instruction: UpdateQuotes");
    for (auto left = tx.random().below(4); left > 0; --left) {
        tx.log(fmt::format("Program log: level {} price {}", left, tx.random().below(1'000'000)));
    }
    if (depth == 3) return;
    tx.invoke(accounts.back(), {accounts.front()}, Bytes().u64(tx.random().next()).u8(depth),
              [&] { fill_with_calls(tx, accounts, depth + 1); });
}

}  // namespace

// Sometimes another signer pays than the one who pays the fee.
void pay_people(TransactionBuilder& tx, World const& world) {
    auto& random = tx.random();
    auto const from = random.chance(0.15)
                          ? tx.signer(world.user(random), random.between(1, 9) * 1'000'000'000)
                          : tx.payer();
    for (auto left = random.between(1, 3); left > 0; --left) {
        auto const to = tx.writable(world.user(random), random.below(1'000'000'000));
        system_program::transfer(tx, from, to, random.between(5'000, 200'000'000));
    }
    if (random.chance(0.3)) write_memo(tx);
}

void send_tokens(TransactionBuilder& tx, World const& world) {
    auto& random = tx.random();
    auto const mint = random.chance(0.3) ? well_known::kUsdc : world.coin(random);
    auto const amount = random.between(1, 50'000'000'000);
    auto const from = wallet_tokens(tx, payer_key(tx), mint, amount + random.below(1'000'000));
    auto const to = receiver_of(tx, world, mint);
    if (random.chance(0.5)) return token::transfer(tx, from, to, tx.payer(), amount);
    token::transfer_checked(tx, from, to, tx.payer(), amount);
}

void send_with_fee(TransactionBuilder& tx, World const& world) {
    auto& random = tx.random();
    auto const mint = world.coin_2022(random);
    auto const amount = random.between(1, 50'000'000'000);
    auto const from = wallet_tokens(tx, payer_key(tx), mint, amount);
    auto const to = receiver_of(tx, world, mint);
    token::transfer_checked(tx, from, to, tx.payer(), amount, fee_of(amount, 400));
}

void send_batch(TransactionBuilder& tx, World const& world) {
    auto& random = tx.random();
    auto const mint = world.coin(random);
    auto const from = wallet_tokens(tx, payer_key(tx), mint, 900'000'000'000);
    std::vector<token::BatchedTransfer> transfers;
    for (auto left = random.between(2, 4); left > 0; --left) {
        auto const to = wallet_tokens(tx, world.user(random), mint, random.below(1'000'000));
        transfers.push_back({from, to, tx.payer(), random.between(1, 90'000'000'000)});
    }
    token::batch(tx, transfers);
}

void mint_or_burn(TransactionBuilder& tx, World const& world) {
    auto& random = tx.random();
    auto const mint = world.coin(random);
    auto const amount = random.between(1, 50'000'000'000);
    auto const account = wallet_tokens(tx, payer_key(tx), mint, amount + random.below(1'000));
    if (random.chance(0.5)) return token::mint_to(tx, account, tx.payer(), amount);
    token::burn(tx, account, tx.payer(), amount);
}

void swap_on_v4(TransactionBuilder& tx, World const& world) {
    auto& random = tx.random();
    auto const pool = world.pool(random);
    make(tx, raydium::swap_v4(tx, random_trade(random, pool, random.chance(0.5))));
}

void swap_on_clmm(TransactionBuilder& tx, World const& world) {
    auto& random = tx.random();
    auto const pool = world.pool(random);
    make(tx, raydium::swap_clmm(tx, random_trade(random, pool, random.chance(0.5))));
}

void swap_on_cpmm(TransactionBuilder& tx, World const& world) {
    auto& random = tx.random();
    auto const pool = world.pool(random);
    make(tx, raydium::swap_cpmm(tx, random_trade(random, pool, random.chance(0.5))));
}

void buy_with_sol(TransactionBuilder& tx, World const& world) {
    auto& random = tx.random();
    auto const lamports = random.between(1'000'000, 500'000'000);
    auto const user = payer_key(tx);
    auto const wrapped = token::create_associated(
        tx, World::token_address(user, well_known::kWrappedSol.key), user, well_known::kWrappedSol);
    system_program::transfer(tx, tx.payer(), wrapped, lamports);
    token::sync_native(tx, wrapped);
    auto const trade = random_trade(random, world.sol_pool(random), false, lamports);
    make(tx, raydium::swap_v4(tx, trade));
    token::close_account(tx, wrapped, tx.payer(), tx.payer());
}

void call_unknown(TransactionBuilder& tx, World const& world) {
    auto& random = tx.random();
    auto const program = tx.program(world.program(random));
    AccountIds accounts{tx.payer()};
    for (auto left = random.between(4, 20); left > 0; --left) {
        accounts.push_back(belonging(tx, tx.at(program).key, random.below(100)));
    }
    accounts.push_back(tx.program(world.program(random)));
    Bytes data;
    for (auto left = random.between(4, 40); left > 0; --left) data.u64(random.next());
    tx.invoke(program, accounts, data, [&] { fill_with_calls(tx, accounts, 0); });
}

}  // namespace indexer::simulator::everyday
