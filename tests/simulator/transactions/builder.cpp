#include "tests/simulator/transactions/builder.hpp"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "tests/simulator/encoding/bytes.hpp"
#include "tests/simulator/transactions/programs.hpp"
#include "tests/simulator/transactions/well_known.hpp"

namespace indexer::simulator {
namespace {

constexpr std::uint64_t kFeePerSignature = 5000;  // lamports
constexpr std::uint64_t kNativeProgramUnits = 150;

// Static accounts first, signers before others, writable before readonly; the loaded ones follow.
// The header and the lookup tables of a message only count, so this order is the protocol's.
unsigned rank(Account const& account) noexcept {
    unsigned const readonly = account.writable ? 0 : 1;
    if (account.loaded) return 4 + readonly;
    return (account.signer ? 0 : 2) + readonly;
}

bool is_native(TokenBalance const& balance) {
    return balance.mint.key == well_known::kWrappedSol.key;
}

}  // namespace

TransactionBuilder::TransactionBuilder(Random random, int version, Key const& payer,
                                       std::uint64_t time)
    : random_(random), time_(time) {
    transaction_.version = version;
    signer(payer, random_.between(1'000'000'000, 900'000'000'000));
}

AccountId TransactionBuilder::add(Account added) {
    auto& all = transaction_.accounts;
    auto const known =
        std::find_if(all.begin(), all.end(), [&](Account const& a) { return a.key == added.key; });
    if (known == all.end()) {
        added.lamports_after = added.lamports_before;
        added.tokens_after = added.tokens_before;
        all.push_back(added);
        return all.size() - 1;
    }
    known->writable |= added.writable;
    known->signer |= added.signer;
    return static_cast<AccountId>(known - all.begin());
}

AccountId TransactionBuilder::writable(Key const& key, std::uint64_t lamports) {
    return add({.key = key, .writable = true, .lamports_before = lamports});
}

AccountId TransactionBuilder::readonly(Key const& key, std::uint64_t lamports) {
    return add({.key = key, .lamports_before = lamports});
}

AccountId TransactionBuilder::signer(Key const& key, std::uint64_t lamports) {
    return add({.key = key, .signer = true, .writable = true, .lamports_before = lamports});
}

AccountId TransactionBuilder::program(Key const& key) {
    return readonly(key, well_known::kProgramLamports);
}

AccountId TransactionBuilder::mint(Mint const& mint) {
    return readonly(mint.key, well_known::kMintLamports);
}

AccountId TransactionBuilder::tokens(Key const& key, TokenBalance const& balance) {
    auto const native = is_native(balance) ? balance.amount : 0;
    return add({.key = key,
                .writable = true,
                .lamports_before = well_known::kTokenAccountRent + native,
                .tokens_before = balance});
}

AccountId TransactionBuilder::from_table(AccountId id) {
    bool const possible = version() == 0 && !account(id).signer;
    account(id).loaded = account(id).loaded || possible;
    return id;
}

std::uint64_t TransactionBuilder::consume(std::uint64_t at_most) {
    auto const units = random_.between(at_most / 2, at_most);
    transaction_.compute_units += units;
    return units;
}

void TransactionBuilder::invoke(AccountId program, AccountIds accounts, std::string data,
                                std::function<void()> const& body) {
    ++depth_;
    // What a message itself calls must be among its own accounts.
    if (depth_ == 1) account(program).loaded = false;
    auto const name = at(program).key.text();
    bool const native = name.find("1111111") != std::string::npos;  // built in: no "consumed" line
    auto const units_before = transaction_.compute_units;
    transaction_.return_data.reset();
    transaction_.instructions.push_back({program, std::move(accounts), std::move(data), depth_});
    log(fmt::format("Program {} invoke [{}]", name, depth_));
    if (body) body();
    consume(native ? kNativeProgramUnits : 5000);
    if (!native) {
        log(fmt::format("Program {} consumed {} of {} compute units", name,
                        transaction_.compute_units - units_before, unit_limit_ - units_before));
    }
    log(fmt::format("Program {} success", name));
    --depth_;
}

void TransactionBuilder::log(std::string line) {
    transaction_.logs.push_back(std::move(line));
}

void TransactionBuilder::returns(AccountId program, std::string data) {
    log(fmt::format("Program return: {} {}", at(program).key.text(), base64(data)));
    transaction_.return_data = ReturnData{at(program).key, std::move(data)};
}

void TransactionBuilder::move_lamports(AccountId from, AccountId to, std::uint64_t amount) {
    account(from).lamports_after -= amount;
    account(to).lamports_after += amount;
}

// `fee` is what a Token-2022 mint withholds: it leaves the source and does not arrive.
void TransactionBuilder::move_tokens(AccountId from, AccountId to, std::uint64_t amount,
                                     std::uint64_t fee) {
    change_supply(from, 0, amount);
    change_supply(to, amount - fee, 0);
    if (is_native(*at(from).tokens_after)) move_lamports(from, to, amount);
}

void TransactionBuilder::change_supply(AccountId id, std::uint64_t minted, std::uint64_t burned) {
    account(id).tokens_after->amount += minted - burned;
}

void TransactionBuilder::open_tokens(AccountId id, Mint const& mint, Key const& owner) {
    account(id).tokens_after = TokenBalance{.mint = mint, .owner = owner};
}

void TransactionBuilder::close_tokens(AccountId id, AccountId destination) {
    move_lamports(id, destination, at(id).lamports_after);
    account(id).tokens_after.reset();
}

void TransactionBuilder::sync_native(AccountId id) {
    account(id).tokens_after->amount = at(id).lamports_after - well_known::kTokenAccountRent;
}

void TransactionBuilder::bid(std::uint64_t compute_units, std::uint64_t micro_lamports) {
    unit_limit_ = compute_units;
    priority_fee_ = (compute_units * micro_lamports + 999'999) / 1'000'000;
    if (version() == 1) {
        transaction_.budget = {priority_fee_, compute_units, std::nullopt};
        return;
    }
    compute_budget::set_unit_limit(*this, compute_units);
    compute_budget::set_unit_price(*this, micro_lamports);
}

void TransactionBuilder::pay_fee() {
    auto const& all = transaction_.accounts;
    auto const signatures =
        std::count_if(all.begin(), all.end(), [](Account const& a) { return a.signer; });
    transaction_.fee = kFeePerSignature * static_cast<std::uint64_t>(signatures) + priority_fee_;
    account(payer()).lamports_after -= transaction_.fee;
}

void TransactionBuilder::undo() {
    for (Account& account : transaction_.accounts) {
        account.lamports_after = account.lamports_before;
        account.tokens_after = account.tokens_before;
    }
}

void TransactionBuilder::put_in_message_order() {
    auto& accounts = transaction_.accounts;
    std::vector<AccountId> order(accounts.size());
    std::iota(order.begin(), order.end(), AccountId{0});
    std::stable_sort(order.begin(), order.end(), [&](AccountId a, AccountId b) {
        return rank(accounts[a]) < rank(accounts[b]);
    });
    std::vector<std::size_t> place(accounts.size());
    std::vector<Account> sorted;
    for (AccountId const id : order) {
        place[id] = sorted.size();
        sorted.push_back(accounts[id]);
    }
    accounts = std::move(sorted);
    for (Instruction& instruction : transaction_.instructions) {
        instruction.program = place[instruction.program];
        for (std::size_t& used : instruction.accounts) used = place[used];
    }
}

// Nodes keep the first 10 kB of a transaction's log.
void TransactionBuilder::truncate_logs() {
    constexpr std::size_t kMostBytes = 10'000;
    auto& logs = transaction_.logs;
    std::size_t bytes = 0;
    for (auto line = logs.begin(); line != logs.end(); ++line) {
        bytes += line->size();
        if (bytes <= kMostBytes) continue;
        logs.erase(line, logs.end());
        logs.emplace_back("Log truncated");
        return;
    }
}

void TransactionBuilder::forget_calls() {
    auto const& calls = transaction_.instructions;
    transaction_.records_calls = std::any_of(
        calls.begin(), calls.end(), [](Instruction const& call) { return call.height > 1; });
}

Transaction TransactionBuilder::finish() && {
    pay_fee();
    truncate_logs();
    put_in_message_order();
    return std::move(transaction_);
}

Transaction TransactionBuilder::fail_last(std::string const& error, std::string const& why) && {
    auto const& trace = transaction_.instructions;
    auto const top_level = std::count_if(trace.begin(), trace.end(),
                                         [](Instruction const& i) { return i.height == 1; });
    auto& last = transaction_.logs.back();
    last.replace(last.rfind(' '), std::string::npos, " failed: " + why);
    return std::move(*this).fail_whole(
        fmt::format(R"({{"InstructionError":[{},{}]}})", top_level - 1, error));
}

Transaction TransactionBuilder::fail_whole(std::string const& error) && {
    undo();
    transaction_.error = error;
    return std::move(*this).finish();
}

Transaction TransactionBuilder::fail_unrun(std::string const& error) && {
    transaction_.logs.clear();
    transaction_.return_data.reset();
    transaction_.compute_units = 0;
    auto& trace = transaction_.instructions;
    trace.erase(std::remove_if(trace.begin(), trace.end(),
                               [](Instruction const& i) { return i.height > 1; }),
                trace.end());
    return std::move(*this).fail_whole(error);
}

}  // namespace indexer::simulator
