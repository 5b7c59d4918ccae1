#include "tests/unit/solana/programs/hand_made.hpp"

#include <algorithm>

#include <simdjson.h>

#include "solana/programs/program.hpp"
#include "tests/support/base58_text.hpp"

namespace indexer::test {
namespace {

using solana::Position;

constexpr std::uint8_t kDecimals = 6;

std::string text_of(Position const& at) {
    auto text = std::to_string(at.instruction_index);
    if (at.inner_index != Position::kNone) text += '.' + std::to_string(at.inner_index);
    if (at.batch_index != Position::kNone) text += '#' + std::to_string(at.batch_index);
    return text;
}

template <class Number>
std::string text_of(std::optional<Number> const& number) {
    return number ? std::to_string(*number) : "?";
}

}  // namespace

std::string_view HandMade::keep(std::string text) {
    return texts_.emplace_back(std::move(text));
}

std::uint8_t HandMade::account(std::string_view name) {
    auto const text = address(name);
    names_.emplace(text, name);
    auto& accounts = transaction_.accounts;
    auto const found = std::find(accounts.begin(), accounts.end(), text);
    auto const index = static_cast<std::uint8_t>(found - accounts.begin());
    if (found == accounts.end()) accounts.push_back(keep(text));
    return index;
}

solana::Instruction HandMade::instruction(std::string_view program, Names const& accounts,
                                          std::string const& data) {
    solana::Instruction result;
    result.program = account(program);
    result.data = keep(base58_text(data));
    result.first_account = transaction_.account_indexes.size();
    result.account_count = accounts.size();
    for (auto const name : accounts) transaction_.account_indexes.push_back(account(name));
    return result;
}

HandMade& HandMade::call(std::string_view program, Names const& accounts, std::string const& data) {
    auto result = instruction(program, accounts, data);
    result.stack_height = 1;
    result.outer = static_cast<std::uint8_t>(transaction_.instructions.size());
    transaction_.instructions.push_back(result);
    return *this;
}

HandMade& HandMade::inner(std::uint8_t height, std::string_view program, Names const& accounts,
                          std::string const& data) {
    auto result = instruction(program, accounts, data);
    result.stack_height = height;
    result.outer = transaction_.instructions.back().outer;
    transaction_.inner_instructions.push_back(result);
    return *this;
}

HandMade& HandMade::moved(std::string_view from, std::string_view to, std::uint64_t amount) {
    return inner(2, program::kToken, {from, to, "authority"}, Bytes().u8(3).u64(amount).str());
}

HandMade& HandMade::held(std::string_view account, std::string_view mint, std::string_view owner,
                         std::optional<std::uint64_t> before, std::optional<std::uint64_t> after) {
    solana::TokenBalance balance{.account = this->account(account),
                                 .decimals = kDecimals,
                                 .amount = before.value_or(0),
                                 .mint = keep(address(mint)),
                                 .owner = owner.empty() ? "" : keep(address(owner))};
    names_.emplace(balance.mint, mint);
    if (!owner.empty()) names_.emplace(balance.owner, owner);
    if (before) transaction_.pre_token_balances.push_back(balance);
    balance.amount = after.value_or(0);
    if (after) transaction_.post_token_balances.push_back(balance);
    return *this;
}

HandMade& HandMade::log(std::string_view line) {
    logs_ += (logs_.empty() ? "[\"" : ",\"") + std::string(line) + '"';
    return *this;
}

HandMade& HandMade::forget_calls() {
    transaction_.inner_instructions.clear();
    transaction_.inner_recorded = false;
    logs_.clear();
    return *this;
}

solana::Activity const& HandMade::load() {
    std::string text = logs_.empty() ? "" : logs_ + ']';
    auto const size = text.size();
    transaction_.logs = keep(text.append(simdjson::SIMDJSON_PADDING, ' ')).substr(0, size);
    activity_.load(transaction_);
    return activity_;
}

std::string HandMade::name(std::string_view address) const {
    if (address.empty()) return "?";
    if (address == program::kWrappedSol) return "SOL";
    auto const found = names_.find(address);
    if (found != names_.end()) return found->second;
    auto const bytes = solana::base58::decode32(address).value();
    if (bytes.back() != 0) return std::string(address);  // no name is that long
    return {bytes.begin(), std::find(bytes.begin(), bytes.end(), '\0')};
}

std::string HandMade::name(std::optional<std::uint8_t> account) const {
    return account ? name(transaction_.accounts.at(*account)) : "-";
}

std::string HandMade::side(std::optional<std::uint8_t> account, std::string_view owner) const {
    return account ? name(account) + " of " + name(owner) : "-";
}

// "0 transfer 5 coin: from of alice -> to of bob by alice, fee 0, decimals 6"
Lines HandMade::token_moves() {
    Lines lines;
    for (solana::TokenMove const& move : load().token_moves()) {
        lines.push_back(text_of(move.at) + ' ' + std::string(move.kind) + ' ' +
                        std::to_string(move.amount) + ' ' + name(move.mint) + ": " +
                        side(move.from, move.from_owner) + " -> " + side(move.to, move.to_owner) +
                        " by " + name(move.authority) + ", fee " + text_of(move.fee) +
                        ", decimals " + text_of(move.decimals));
    }
    return lines;
}

// "0 transfer 5: alice -> bob"
Lines HandMade::lamport_moves() {
    Lines lines;
    for (solana::LamportMove const& move : load().lamport_moves()) {
        lines.push_back(text_of(move.at) + ' ' + std::string(move.kind) + ' ' +
                        std::to_string(move.lamports) + ": " + name(move.from) + " -> " +
                        name(move.to));
    }
    return lines;
}

// "0.2 pump_fun curve: alice gave 5 SOL, got 7 coin, fee 1 SOL"; of further legs, of legs through a
// known program, and of those called by an aggregator: " leg 1", " at <program>", " for <program>".
Lines HandMade::swaps() {
    Lines lines;
    for (solana::Swap const& swap : load().swaps()) {
        auto line = text_of(swap.at) + ' ' + std::string(swap.program->venue) + ' ' +
                    name(swap.pool) + ": " + name(swap.trader) + " gave " +
                    std::to_string(swap.input_amount) + ' ' + name(swap.input_mint) + ", got " +
                    std::to_string(swap.output_amount) + ' ' + name(swap.output_mint) + ", fee " +
                    text_of(swap.fee_amount);
        if (swap.fee_amount) line += ' ' + name(swap.fee_mint);
        if (swap.leg > 0) line += " leg " + std::to_string(swap.leg);
        if (!swap.leg_program.empty()) line += " at " + name(swap.leg_program);
        if (swap.aggregator != nullptr) line += " for " + text_of(swap.aggregator->at);
        lines.push_back(line);
    }
    return lines;
}

std::string HandMade::unexplained() {
    static_cast<void>(load());
    return name(activity_.unexplained());
}

// "0.2 <reason>"
Lines HandMade::undecoded() {
    Lines lines;
    for (solana::Undecoded const& undecoded : load().undecoded()) {
        lines.push_back(text_of(undecoded.at) + ' ' + undecoded.error);
    }
    return lines;
}

}  // namespace indexer::test
