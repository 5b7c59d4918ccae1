#include "solana/programs/pool_swap.hpp"

#include "solana/programs/byte_reader.hpp"
#include "solana/programs/market.hpp"

namespace indexer::solana {
namespace {

struct Exchange {
    TokenMove const* in = nullptr;
    TokenMove const* out = nullptr;
};

Exchange exchange(std::span<TokenMove const> moves, std::uint8_t vault_a, std::uint8_t vault_b) {
    auto const is_vault = [&](std::optional<std::uint8_t> account) {
        return account == vault_a || account == vault_b;
    };
    Exchange result;
    for (TokenMove const& move : moves) {
        if (is_vault(move.to) && result.in == nullptr) result.in = &move;
        if (is_vault(move.from) && result.out == nullptr) result.out = &move;
    }
    return result;
}

}  // namespace

std::optional<Swap> pool_swap(Call const& call, Market const& market,
                              PoolAccounts const& accounts) {
    auto const [in, out] = exchange(market.moves_below(call), call.account(accounts.vault_a),
                                    call.account(accounts.vault_b));
    if (in == nullptr || out == nullptr) return std::nullopt;
    auto swap = market.swap_of(call);
    swap.pool = call.address(accounts.pool);
    swap.trader = call.address(accounts.trader);
    swap.input_mint = in->mint;
    swap.input_amount = in->amount;
    swap.output_mint = out->mint;
    swap.output_amount = out->amount - out->fee.value_or(0);
    return swap;
}

Swap require_pool_swap(Call const& call, Market const& market, PoolAccounts const& accounts) {
    auto const swap = pool_swap(call, market, accounts);
    if (swap) return *swap;
    call.require_inner_recorded();
    throw undecodable("no transfers into and out of the pool");
}

}  // namespace indexer::solana
