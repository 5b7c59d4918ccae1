#include "solana/invariants.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include "solana/json.hpp"
#include "solana/lanes.hpp"
#include "solana/programs.hpp"
#include "solana/transaction_error.hpp"

namespace indexer::solana {
namespace {

// From when on all is there; blocks without a time go by their slot on mainnet.
struct Since {
    std::int64_t time;
    std::uint64_t slot;

    [[nodiscard]] bool holds(BlockHeader const& header) const noexcept {
        return header.time ? *header.time >= time : header.slot.value() >= slot;
    }
};

// 2021-09-01, epoch 209. Source: the operator's checks of the archive Old Faithful, by which epoch
// 208 is the last that has transactions without a result.
constexpr Since kResults{.time = 1'630'454'400, .slot = 209 * 432'000};

// 2023-01-01, epoch 400. An answer of October 2022 (slot 154808472) has neither inner instructions
// nor logs, although tokens moved: to record them was a choice of each node's operator.
constexpr Since kCalls{.time = 1'672'531'200, .slot = 400 * 432'000};

constexpr std::string_view kEmptyList = "[]";

bool succeeded(Transaction const& transaction) noexcept {
    return transaction.executed && !transaction.failed();
}

// Programs that call no others. Token-2022 does: the hooks of its mints.
constexpr std::array kCallsNothing{
    programs::kComputeBudget, programs::kVote,      programs::kSystem,
    programs::kToken,         programs::kMemo1,     programs::kMemo2,
    programs::kEd25519,       programs::kSecp256k1, programs::kSecp256r1};

bool calls_others(Transaction const& transaction) noexcept {
    auto const& instructions = transaction.instructions;
    return std::any_of(instructions.begin(), instructions.end(), [&](auto const& instruction) {
        return std::find(kCallsNothing.begin(), kCallsNothing.end(),
                         transaction.program(instruction)) == kCallsNothing.end();
    });
}

bool calls_tokens(Transaction const& transaction) noexcept {
    auto const is_token = [&](Instruction const& instruction) {
        auto const program = transaction.program(instruction);
        return program == programs::kToken || program == programs::kToken2022;
    };
    auto const& top_level = transaction.instructions;
    auto const& inner = transaction.inner_instructions;
    return std::any_of(top_level.begin(), top_level.end(), is_token) ||
           std::any_of(inner.begin(), inner.end(), is_token);
}

bool names_only_what_is_there(Transaction const& transaction) noexcept {
    auto const& indexes = transaction.account_indexes;
    auto const end = transaction.accounts.size();
    if (end > std::numeric_limits<std::uint8_t>::max()) return true;
    Lane wrong{};
    std::size_t at = 0;
    for (; at + kLane <= indexes.size(); at += kLane) {
        auto const lane = lane_at(indexes.data() + at);
        wrong |= reinterpret_cast<Lane>(lane >= static_cast<std::uint8_t>(end));
    }
    return !any(wrong) &&
           std::all_of(indexes.begin() + static_cast<std::ptrdiff_t>(at), indexes.end(),
                       [&](std::uint8_t index) { return index < end; });
}

// What a transaction calls stands in its own keys, behind who pays (Agave sanitizes messages so).
bool calls_its_own_programs(Transaction const& transaction) noexcept {
    auto const& calls = transaction.instructions;
    return std::all_of(calls.begin(), calls.end(), [&](Instruction const& call) {
        return call.program > 0 && call.program < transaction.own_accounts;
    });
}

bool inner_calls_are_there(Transaction const& transaction) noexcept {
    auto const& calls = transaction.inner_instructions;
    return std::all_of(calls.begin(), calls.end(), [&](Instruction const& call) {
        return call.program < transaction.accounts.size();
    });
}

// Sorted by the one that called them.
bool callers_are_there(Transaction const& transaction) noexcept {
    auto const& inner = transaction.inner_instructions;
    return inner.empty() || inner.back().outer < transaction.instructions.size();
}

// Who is called is one level deeper than who calls; the first is called by the instruction itself.
// Either all heights were recorded or, by nodes before about 2023, none.
bool heights_go_by_one(Transaction const& transaction) noexcept {
    auto const& inner = transaction.inner_instructions;
    if (inner.empty() || inner.front().stack_height == 0) {
        return std::all_of(inner.begin(), inner.end(),
                           [](auto const& call) { return call.stack_height == 0; });
    }
    Instruction const* last = nullptr;
    for (Instruction const& call : inner) {
        bool const is_first = last == nullptr || last->outer != call.outer;
        unsigned const above = is_first ? 1 : last->stack_height;
        if (call.stack_height < 2 || call.stack_height > above + 1) return false;
        last = &call;
    }
    return true;
}

bool are_of_accounts(std::vector<TokenBalance> const& balances, std::size_t accounts) noexcept {
    return std::all_of(balances.begin(), balances.end(),
                       [&](TokenBalance const& balance) { return balance.account < accounts; });
}

using T = Transaction const&;

constexpr std::array kInvariants{
    Invariant{"no signature", [](T t, Recording) { return t.signature_count > 0; }},
    Invariant{"no account keys", [](T t, Recording) { return t.own_accounts > 0; }},
    Invariant{"no recent blockhash", [](T t, Recording) { return !t.recent_blockhash.empty(); }},
    Invariant{"other signatures than its header asks for",
              [](T t, Recording) {
                  return !t.required_signatures || t.signature_count == *t.required_signatures;
              }},
    Invariant{"more signatures than account keys",
              [](T t, Recording) {
                  return static_cast<std::size_t>(t.signature_count) <= t.own_accounts;
              }},
    Invariant{"address lookups in a version that has none",
              [](T t, Recording) {
                  return t.writable_lookups + t.readonly_lookups == 0 || t.version.empty() ||
                         t.version == "0";
              }},
    Invariant{"calls a program that is not among its own accounts",
              [](T t, Recording) { return calls_its_own_programs(t); }},
    Invariant{"no meta", [](T t, Recording r) { return t.executed || !r.results; }},
    Invariant{"does not tell whether it succeeded",
              [](T t, Recording) { return !t.executed || t.tells_error; }},
    Invariant{"err and status contradict each other",
              [](T t, Recording) { return !t.ok || *t.ok != t.failed(); }},
    Invariant{"an error that no node tells",
              [](T t, Recording) {
                  return !t.failed() || is_transaction_error(t.error, t.instructions.size());
              }},
    Invariant{"compute units, but no instruction that used them",
              [](T t, Recording) {
                  return !t.instructions.empty() || t.compute_units_consumed.value_or(0) == 0;
              }},
    Invariant{"no fee", [](T t, Recording) { return !t.executed || t.fee; }},
    Invariant{"other loaded addresses than it looks up",
              [](T t, Recording) {
                  return !t.executed || (t.loaded_writable.size() == t.writable_lookups &&
                                         t.loaded_readonly.size() == t.readonly_lookups);
              }},
    Invariant{"not one balance for each account",
              [](T t, Recording) {
                  return !t.executed || (t.lamports_before == t.accounts.size() &&
                                         t.lamports_after == t.accounts.size());
              }},
    Invariant{"names an account that is not there",
              [](T t, Recording) { return !t.executed || names_only_what_is_there(t); }},
    Invariant{"an inner instruction calls an account that is not there",
              [](T t, Recording) { return inner_calls_are_there(t); }},
    Invariant{"inner instructions of an instruction that is not there",
              [](T t, Recording) { return callers_are_there(t); }},
    Invariant{"inner instructions whose heights do not follow",
              [](T t, Recording) { return heights_go_by_one(t); }},
    Invariant{"a token balance of an account that is not there",
              [](T t, Recording) {
                  return are_of_accounts(t.pre_token_balances, t.accounts.size()) &&
                         are_of_accounts(t.post_token_balances, t.accounts.size());
              }},
    Invariant{"no inner instructions, although it succeeded and may have called others",
              [](T t, Recording r) {
                  return !r.calls || t.inner_recorded || !succeeded(t) || !calls_others(t);
              }},
    Invariant{"no token balances, although it succeeded and called a token program",
              [](T t, Recording r) {
                  return !r.calls || t.token_balances_recorded || !succeeded(t) || !calls_tokens(t);
              }},
};

// An answer of February 2021 (slot 64800004) has transfers, and empty lists of token balances.
void forget_what_lacks(Transaction& transaction) noexcept {
    bool const has_balances =
        !transaction.pre_token_balances.empty() || !transaction.post_token_balances.empty();
    (has_balances ? transaction.inner_recorded : transaction.token_balances_recorded) = false;
}

// Unrolled, so that each is compiled into the place.
template <std::size_t... N>
Invariant const* first_violated(T transaction, Recording recording,
                                std::index_sequence<N...> /*all*/) {
    Invariant const* violated = nullptr;
    static_cast<void>(
        ((kInvariants[N].holds(transaction, recording) || (violated = &kInvariants[N], false)) &&
         ...));
    return violated;
}

}  // namespace

Recording recording_of(BlockHeader const& header) noexcept {
    return {.results = kResults.holds(header), .calls = kCalls.holds(header)};
}

std::span<Invariant const> invariants() noexcept {
    return kInvariants;
}

void check_invariants(Transaction const& transaction, Recording recording) {
    auto const* const violated =
        first_violated(transaction, recording, std::make_index_sequence<kInvariants.size()>());
    if (violated != nullptr) throw json::wrong(std::string(violated->violation));
}

void check_balances(Transaction& transaction, Activity& activity, Recording recording) {
    if (!transaction.inner_recorded || !transaction.token_balances_recorded) return;
    auto const account = activity.unexplained();
    if (!account) return;
    if (!recording.calls) return forget_what_lacks(transaction);
    throw json::wrong("the token balance of account " + std::to_string(*account) +
                      " is not what its instructions lead to");
}

std::string_view unrecorded(Transaction const& transaction) noexcept {
    if (!transaction.executed) return "meta";
    constexpr std::array<std::string_view, 8> kWords{"",
                                                     "inner_instructions",
                                                     "logs",
                                                     "inner_instructions,logs",
                                                     "token_balances",
                                                     "inner_instructions,token_balances",
                                                     "logs,token_balances",
                                                     "inner_instructions,logs,token_balances"};
    return kWords[(transaction.inner_recorded ? 0U : 1U) | (transaction.logs.empty() ? 2U : 0U) |
                  (transaction.token_balances_recorded ? 0U : 4U)];
}

// Every program says to the log that it was called, so that there is something in it.
void forget_empty_lists(Transaction& transaction) noexcept {
    if (transaction.logs != kEmptyList || !transaction.inner_instructions.empty()) return;
    transaction.logs = {};
    transaction.inner_recorded = false;
}

}  // namespace indexer::solana
