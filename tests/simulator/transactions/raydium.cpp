#include "tests/simulator/encoding/bytes.hpp"
#include "tests/simulator/transactions/programs.hpp"
#include "tests/simulator/transactions/swaps.hpp"
#include "tests/simulator/transactions/well_known.hpp"

namespace indexer::simulator::raydium {
namespace {

constexpr std::string_view kSwapEvent = "40c6cde8260871e2";  // of CLMM and of CPMM

std::uint64_t with_slippage(std::uint64_t amount) {
    return amount - amount / 100;
}

std::uint64_t at_most(std::uint64_t amount) {
    return amount + amount / 100;
}

// The two numbers of swapBaseIn, or those of swapBaseOut.
Bytes& add_limits(Bytes& bytes, Trade const& trade, bool exact_out) {
    if (exact_out) return bytes.u64(at_most(trade.amount_in)).u64(trade.amount_out);
    return bytes.u64(trade.amount_in).u64(with_slippage(trade.amount_out));
}

std::string ray_log(Trade const& trade, bool exact_out, std::uint64_t user_balance) {
    Bytes log;
    add_limits(log.u8(exact_out ? 4 : 3), trade, exact_out);
    log.u64(trade.sells_coin ? 2 : 1).u64(user_balance);
    log.u64(trade.coin_reserve).u64(trade.quote_reserve);
    log.u64(exact_out ? trade.amount_in : trade.amount_out);
    return "Program log: ray_log: " + base64(log.text());
}

}  // namespace

// swapBaseIn (9) or swapBaseOut (11), with the target-orders account (18 accounts) or without.
ProgramCall swap_v4(TransactionBuilder& tx, Trade const& trade) {
    bool const exact_out = tx.random().chance(0.2);
    auto const& pool = trade.pool;
    auto const a = open_trade(tx, trade, well_known::kRaydiumV4Authority);
    auto const authority = tx.from_table(tx.readonly(well_known::kRaydiumV4Authority, 24'000'000));
    ProgramCall call{.program = tx.from_table(tx.program(well_known::kRaydiumV4))};
    call.accounts = {tx.program(well_known::kToken), belonging(tx, pool.key, 0), authority,
                     belonging(tx, pool.key, 3)};
    if (tx.random().chance(0.75)) call.accounts.push_back(belonging(tx, pool.key, 4));
    call.accounts.insert(call.accounts.end(),
                         {tx.writable(pool.coin_vault, 0), tx.writable(pool.quote_vault, 0),
                          tx.from_table(tx.program(well_known::kSerum))});
    for (std::uint64_t n = 5; n < 12; ++n) call.accounts.push_back(belonging(tx, pool.key, n));
    call.accounts.insert(call.accounts.end(), {a.user_in, a.user_out, tx.payer()});
    Bytes data;
    call.data = add_limits(data.u8(exact_out ? 11 : 9), trade, exact_out).text();
    call.body = [=, &tx] {
        tx.log(ray_log(trade, exact_out, tx.at(a.user_in).tokens_after->amount));
        token::transfer(tx, a.user_in, a.vault_in, tx.payer(), trade.amount_in);
        token::transfer(tx, a.vault_out, a.user_out, authority, trade.amount_out);
    };
    return call;
}

// swap_v2. The coin is token 0, so selling it is zero for one.
ProgramCall swap_clmm(TransactionBuilder& tx, Trade const& trade) {
    auto const pool = belonging(tx, trade.pool.key, 20);
    auto const a = open_trade(tx, trade, tx.at(pool).key);
    ProgramCall call{.program = tx.from_table(tx.program(well_known::kRaydiumClmm))};
    call.accounts = {tx.payer(),
                     belonging(tx, trade.pool.key, 21),
                     pool,
                     a.user_in,
                     a.user_out,
                     a.vault_in,
                     a.vault_out,
                     belonging(tx, trade.pool.key, 22),
                     tx.program(well_known::kToken),
                     tx.program(well_known::kToken2022),
                     tx.program(well_known::kMemo),
                     tx.mint(trade.mint_in()),
                     tx.mint(trade.mint_out()),
                     belonging(tx, trade.pool.key, 23),
                     belonging(tx, trade.pool.key, 24)};
    call.data = Bytes("2b04ed0b1ac91e62")
                    .u64(trade.amount_in)
                    .u64(with_slippage(trade.amount_out))
                    .u128(0, 0)
                    .u8(1);
    auto const coin_amount = trade.sells_coin ? trade.amount_in : trade.amount_out;
    auto const quote_amount = trade.sells_coin ? trade.amount_out : trade.amount_in;
    Bytes event(kSwapEvent);
    event.add(tx.at(pool).key).add(tx.at(tx.payer()).key);
    event.add(tx.at(trade.sells_coin ? a.user_in : a.user_out).key);
    event.add(tx.at(trade.sells_coin ? a.user_out : a.user_in).key);
    event.u64(coin_amount).u64(0).u64(quote_amount).u64(0).u8(trade.sells_coin ? 1 : 0);
    event.u128(0, trade.quote_reserve).u128(0, trade.coin_reserve).u32(0xffff'f000U);
    call.body = [=, &tx] {
        tx.log("Program log: Instruction: SwapV2");
        token::transfer_checked(tx, a.user_in, a.vault_in, tx.payer(), trade.amount_in);
        token::transfer_checked(tx, a.vault_out, a.user_out, pool, trade.amount_out);
        tx.log("Program data: " + base64(event.text()));
    };
    return call;
}

// swap_base_input.
ProgramCall swap_cpmm(TransactionBuilder& tx, Trade const& trade) {
    auto const authority = tx.readonly(well_known::kRaydiumCpmmAuthority, 24'000'000);
    auto const pool = belonging(tx, trade.pool.key, 30);
    auto const a = open_trade(tx, trade, well_known::kRaydiumCpmmAuthority);
    ProgramCall call{.program = tx.program(well_known::kRaydiumCpmm)};
    call.accounts = {tx.payer(),
                     authority,
                     belonging(tx, trade.pool.key, 31),
                     pool,
                     a.user_in,
                     a.user_out,
                     a.vault_in,
                     a.vault_out,
                     tx.program(trade.mint_in().program),
                     tx.program(trade.mint_out().program),
                     tx.mint(trade.mint_in()),
                     tx.mint(trade.mint_out()),
                     belonging(tx, trade.pool.key, 32)};
    call.data = Bytes("8fbe5adac41e33de").u64(trade.amount_in).u64(with_slippage(trade.amount_out));
    Bytes event(kSwapEvent);
    event.add(tx.at(pool).key);
    event.u64(trade.sells_coin ? trade.coin_reserve : trade.quote_reserve);
    event.u64(trade.sells_coin ? trade.quote_reserve : trade.coin_reserve);
    event.u64(trade.amount_in).u64(trade.amount_out).u64(0).u64(0).u8(1);
    event.add(trade.mint_in().key).add(trade.mint_out().key);
    event.u64(trade.amount_in / 400).u64(0).u8(0);
    call.body = [=, &tx] {
        tx.log("Program log: Instruction: SwapBaseInput");
        tx.log("Program data: " + base64(event.text()));
        token::transfer_checked(tx, a.user_in, a.vault_in, tx.payer(), trade.amount_in);
        token::transfer_checked(tx, a.vault_out, a.user_out, authority, trade.amount_out);
    };
    return call;
}

}  // namespace indexer::simulator::raydium
