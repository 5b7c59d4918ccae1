#include "solana/programs/ledger.hpp"

#include <algorithm>

#include "solana/programs.hpp"

namespace indexer::solana {
namespace {

constexpr std::string_view kWrappedSol = "So11111111111111111111111111111111111111112";
// The native mint of Token-2022. Source: spl-token-2022, native_mint.
constexpr std::string_view kWrappedSol2022 = "9pan9bMn5HatX4EJdBwg9VgCa7Uz5HL8N1m5D3NdXej9";
constexpr std::uint8_t kSolDecimals = 9;

bool is_native(std::string_view mint) noexcept {
    return mint == kWrappedSol || mint == kWrappedSol2022;
}

void fill(std::string_view& text, std::string_view known) noexcept {
    if (text.empty()) text = known;
}

}  // namespace

void Ledger::load(Transaction const& transaction) {
    lamports_.clear();
    tokens_.clear();
    texts_.clear();
    rules_.clear();
    all_recorded_ = transaction.inner_recorded && transaction.token_balances_recorded;
    decimals_.assign(1, {kWrappedSol, kSolDecimals});
    accounts_.assign(transaction.accounts.size(), {});
    for (TokenBalance const& balance : transaction.pre_token_balances) {
        auto* const account = find(balance.account);
        if (account == nullptr) continue;
        account->mint = balance.mint;
        account->owner = balance.owner;
        account->before = balance.amount;
        account->recorded = true;
        set_decimals(balance.mint, balance.decimals);
    }
    for (TokenBalance const& balance : transaction.post_token_balances) {
        auto* const account = find(balance.account);
        if (account == nullptr) continue;
        fill(account->mint, balance.mint);
        account->clouded = account->mint != balance.mint;  // another one by now
        account->recorded = true;
        account->last_owner = balance.owner;
        account->after = balance.amount;
        set_decimals(balance.mint, balance.decimals);
    }
}

// Old nodes leave out loaded addresses, to which balances may refer.
Ledger::TokenAccount* Ledger::find(std::uint8_t account) noexcept {
    return account < accounts_.size() ? &accounts_[account] : nullptr;
}

void Ledger::open(std::uint8_t account, std::string_view mint, std::string_view owner) {
    accounts_[account].mint = mint;
    accounts_[account].owner = owner;
    accounts_[account].opened = true;
}

void Ledger::change_owner(std::uint8_t account, std::string_view owner) {
    accounts_[account].owner = owner;
}

void Ledger::set_decimals(std::string_view mint, std::uint8_t decimals) {
    if (!decimals_of(mint)) decimals_.push_back({mint, decimals});
}

void Ledger::set_fee_rule(std::string_view mint, FeeRule rule) {
    rules_.push_back({mint, rule});
}

void Ledger::cloud(std::span<std::uint8_t const> accounts) noexcept {
    for (std::uint8_t const account : accounts) {
        if (auto* const known = find(account)) known->clouded = true;
    }
}

std::string_view Ledger::mint_of(std::uint8_t account) const noexcept {
    return accounts_[account].mint;
}

std::optional<std::uint8_t> Ledger::decimals_of(std::string_view mint) const noexcept {
    for (Decimals const& known : decimals_) {
        if (known.mint == mint) return known.decimals;
    }
    return std::nullopt;
}

void Ledger::add(TokenMove move) {
    fill(move.mint, known_mint(move));
    learn_mint(move);
    if (move.from) move.from_owner = accounts_[*move.from].owner;
    if (move.to) move.to_owner = accounts_[*move.to].owner;
    if (move.decimals) set_decimals(move.mint, *move.decimals);
    tokens_.push_back(move);
}

std::string_view Ledger::known_mint(TokenMove const& move) const noexcept {
    auto const from = move.from ? mint_of(*move.from) : std::string_view{};
    return !from.empty() || !move.to ? from : mint_of(*move.to);
}

void Ledger::learn_mint(TokenMove const& move) {
    if (move.from) fill(accounts_[*move.from].mint, move.mint);
    if (move.to) fill(accounts_[*move.to].mint, move.mint);
}

void Ledger::settle() {
    for (TokenMove& move : tokens_) {
        settle(move);
        if (!move.fee) move.fee = fee_by_rule(move);
    }
    for (TokenMove& move : tokens_) {
        if (!move.fee) move.fee = fee_by_balance(move);
    }
}

void Ledger::settle(TokenMove& move) const noexcept {
    auto const settle_owner = [&](std::optional<std::uint8_t> account, std::string_view& owner) {
        if (!account) return;
        fill(owner, accounts_[*account].owner);
        fill(owner, accounts_[*account].last_owner);
    };
    fill(move.mint, known_mint(move));
    settle_owner(move.from, move.from_owner);
    settle_owner(move.to, move.to_owner);
    if (!move.decimals) move.decimals = decimals_of(move.mint);
}

// Rounded up. Source: TransferFee::calculate_fee of spl-token-2022.
std::uint64_t FeeRule::fee_of(std::uint64_t amount) const noexcept {
    constexpr base::Uint128 kAll = 10'000;
    auto const fee = (base::Uint128{amount} * basis_points + kAll - 1) / kAll;
    return fee < most ? static_cast<std::uint64_t>(fee) : most;
}

// A transfer of wrapped SOL, or of an account to itself, pays none.
std::optional<std::uint64_t> Ledger::fee_by_rule(TokenMove const& move) const noexcept {
    if (is_native(move.mint) || move.from == move.to) return 0;
    for (MintRule const& known : rules_) {
        if (known.mint == move.mint) return known.rule.fee_of(move.amount);
    }
    return std::nullopt;
}

// Else neither the transaction nor its instructions tell the mint's rule, but what arrived tells
// the fee: the part of what was sent to the account that its balance lacks. Not where something
// else touched the account, or where several fees share it.
std::optional<std::uint64_t> Ledger::fee_by_balance(TokenMove const& move) const noexcept {
    auto const& account = accounts_[*move.to];
    bool const is_known = account.recorded || account.opened;
    if (!all_recorded_ || account.clouded || !is_known) return std::nullopt;
    unsigned unknown = 0;
    base::Uint128 in = account.before;
    base::Uint128 out = account.after;
    for (TokenMove const& other : tokens_) {
        if (other.to == move.to) in += other.amount - other.fee.value_or(0);
        if (other.to == move.to && !other.fee) ++unknown;
        if (other.from == move.to) out += other.amount;
    }
    if (in == out) return 0;
    if (in < out || unknown > 1 || in - out > move.amount) return std::nullopt;
    return static_cast<std::uint64_t>(in - out);
}

std::optional<std::uint8_t> Ledger::unexplained() {
    flows_.assign(accounts_.size(), {});
    for (TokenMove const& move : tokens_) {
        if (move.from) flows_[*move.from].out += move.amount;
        if (!move.to) continue;
        flows_[*move.to].in += move.amount;
        if (move.program != programs::kToken) flows_[*move.to].withheld += move.amount;
    }
    for (std::size_t n = 0; n < accounts_.size(); ++n) {
        if (!explains(flows_[n], accounts_[n])) return static_cast<std::uint8_t>(n);
    }
    return std::nullopt;
}

bool Ledger::explains(Flow const& flow, TokenAccount const& account) noexcept {
    if (account.clouded || is_native(account.mint)) return true;
    bool const moved = flow.in + flow.out > 0;
    if (moved && !account.recorded && !account.opened) return false;
    auto const most = account.before + flow.in;
    auto const is = account.after + flow.out;
    return is <= most && is + flow.withheld >= most;
}

std::span<TokenMove const> Ledger::token_moves(std::span<Call const> calls) const noexcept {
    if (calls.empty()) return {};
    auto const begin = std::partition_point(tokens_.begin(), tokens_.end(), [&](auto const& move) {
        return move.at.ordinal < calls.front().at.ordinal;
    });
    auto const end = std::partition_point(begin, tokens_.end(), [&](auto const& move) {
        return move.at.ordinal <= calls.back().at.ordinal;
    });
    return {begin, end};
}

}  // namespace indexer::solana
