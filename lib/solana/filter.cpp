#include "solana/filter.hpp"

#include <algorithm>
#include <utility>

namespace indexer::solana {
namespace {

bool mentions_mint(Transaction const& transaction, AddressSet const& mints) noexcept {
    auto const is_of_mint = [&](TokenBalance const& balance) { return mints.has(balance.mint); };
    auto const& before = transaction.pre_token_balances;
    auto const& after = transaction.post_token_balances;
    return std::any_of(before.begin(), before.end(), is_of_mint) ||
           std::any_of(after.begin(), after.end(), is_of_mint);
}

bool mentions_account(Transaction const& transaction, AddressSet const& accounts) noexcept {
    auto const is_one = [&](std::string_view address) { return accounts.has(address); };
    auto const is_owned = [&](TokenBalance const& balance) { return accounts.has(balance.owner); };
    auto const& named = transaction.accounts;
    auto const& before = transaction.pre_token_balances;
    auto const& after = transaction.post_token_balances;
    return std::any_of(named.begin(), named.end(), is_one) ||
           std::any_of(before.begin(), before.end(), is_owned) ||
           std::any_of(after.begin(), after.end(), is_owned);
}

}  // namespace

AddressSet::AddressSet(std::vector<std::string> addresses) : addresses_(std::move(addresses)) {
    std::sort(addresses_.begin(), addresses_.end());
    addresses_.erase(std::unique(addresses_.begin(), addresses_.end()), addresses_.end());
}

bool AddressSet::has(std::string_view address) const noexcept {
    return std::binary_search(addresses_.begin(), addresses_.end(), address);
}

bool Filter::calls_program(Transaction const& transaction) const noexcept {
    if (programs.empty()) return true;
    auto const calls = [&](Instruction const& instruction) {
        return programs.has(transaction.program(instruction));
    };
    auto const& top_level = transaction.instructions;
    auto const& inner = transaction.inner_instructions;
    return std::any_of(top_level.begin(), top_level.end(), calls) ||
           std::any_of(inner.begin(), inner.end(), calls);
}

bool Filter::keeps(Transaction const& transaction) const noexcept {
    return calls_program(transaction) && (mints.empty() || mentions_mint(transaction, mints)) &&
           (accounts.empty() || mentions_account(transaction, accounts));
}

bool Filter::keeps(Transaction const& transaction, TokenMove const& move) const noexcept {
    auto const is_one = [&](std::optional<std::uint8_t> account) {
        return account && accounts.has(transaction.accounts[*account]);
    };
    if (!mints.empty() && !mints.has(move.mint)) return false;
    return accounts.empty() || accounts.has(move.from_owner) || accounts.has(move.to_owner) ||
           is_one(move.from) || is_one(move.to) || is_one(move.authority);
}

// Lamports are of no mint.
bool Filter::keeps(Transaction const& transaction, LamportMove const& move) const noexcept {
    if (!mints.empty()) return false;
    return accounts.empty() || accounts.has(transaction.accounts[move.from]) ||
           accounts.has(transaction.accounts[move.to]);
}

bool Filter::keeps(Swap const& swap) const noexcept {
    if (!mints.empty() && !mints.has(swap.input_mint) && !mints.has(swap.output_mint)) return false;
    return accounts.empty() || accounts.has(swap.trader) || accounts.has(swap.pool);
}

}  // namespace indexer::solana
