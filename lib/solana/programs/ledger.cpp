#include "solana/programs/ledger.hpp"

#include <algorithm>

#include "solana/programs.hpp"

namespace indexer::solana {
namespace {

constexpr std::string_view kWrappedSol = "So11111111111111111111111111111111111111112";
constexpr std::uint8_t kSolDecimals = 9;

void fill(std::string_view& text, std::string_view known) noexcept {
    if (text.empty()) text = known;
}

}  // namespace

void Ledger::load(Transaction const& transaction) {
    lamports_.clear();
    tokens_.clear();
    texts_.clear();
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
        if (!move.fee) settle_fee(move);
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

// The instruction does not tell the fee of Token-2022, but what arrived does: the part of what was
// sent to the account that its balance lacks. Where several transfers to one account share it, each
// bears a part by its amount.
void Ledger::settle_fee(TokenMove& move) const noexcept {
    auto const& account = accounts_[*move.to];
    base::Uint128 sent = 0;  // to the account, with fees not known
    base::Uint128 in = account.before;
    base::Uint128 out = account.after;
    for (TokenMove const& other : tokens_) {
        if (other.to == move.to) in += other.amount - other.fee.value_or(0);
        if (other.to == move.to && !other.fee) sent += other.amount;
        if (other.from == move.to) out += other.amount;
    }
    if (in < out || in - out > sent) return;  // something moved that no instruction tells of
    move.fee =
        sent == 0 ? 0 : static_cast<std::uint64_t>(((in - out) * move.amount + sent - 1) / sent);
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

bool Ledger::explains(Flow const& flow, TokenAccount const& account) const noexcept {
    if (account.clouded || account.mint == kWrappedSol) return true;
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
