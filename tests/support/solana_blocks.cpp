#include "tests/support/solana_blocks.hpp"

#include <random>

#include <fmt/format.h>

#include "tests/support/base58_text.hpp"

namespace indexer::test {
namespace {

constexpr std::string_view kSystem = "11111111111111111111111111111111";
constexpr std::string_view kVote = "Vote111111111111111111111111111111111111111";
// SystemInstruction::Transfer of 1,000 lamports.
constexpr std::string_view kTransfer{"\x02\x00\x00\x00\xe8\x03\x00\x00\x00\x00\x00\x00", 12};

// What differs from transaction to transaction; the rest is as every one has it.
struct Parts {
    std::vector<std::string> keys;
    std::vector<std::int64_t> before;
    std::vector<std::int64_t> after;
    std::string instruction;
    std::string inner = "[]";
    std::string error = "null";
    std::string logs = "[]";
    std::uint64_t fee = 5'000;
    std::uint64_t units = 150;
    std::string version = "\"legacy\"";
};

std::string quoted(std::string_view text) {
    return fmt::format("\"{}\"", text);
}

std::string list_of_keys(std::vector<std::string> const& keys) {
    std::vector<std::string> all;
    for (std::string const& key : keys) all.push_back(quoted(key));
    return fmt::format("[{}]", fmt::join(all, ","));
}

std::string transaction(std::string_view name, Parts const& parts) {
    return fmt::format(
        R"({{"meta":{{"computeUnitsConsumed":{},"costUnits":{},"err":{},"fee":{},)"
        R"("innerInstructions":{},"loadedAddresses":{{"readonly":[],"writable":[]}},)"
        R"("logMessages":{},"postBalances":[{}],"postTokenBalances":[],"preBalances":[{}],)"
        R"("preTokenBalances":[],"rewards":null,"status":{}}},"transaction":{{"message":{{)"
        R"("accountKeys":{},"header":{{"numReadonlySignedAccounts":0,)"
        R"("numReadonlyUnsignedAccounts":1,"numRequiredSignatures":1}},"instructions":[{}],)"
        R"("recentBlockhash":"{}"}},"signatures":["{}"]}},"version":{}}})",
        parts.units, parts.units + 1'000, parts.error, parts.fee, parts.inner, parts.logs,
        fmt::join(parts.after, ","), fmt::join(parts.before, ","),
        parts.error == "null" ? R"({"Ok":null})" : fmt::format(R"({{"Err":{}}})", parts.error),
        list_of_keys(parts.keys), parts.instruction, made_up("recent", 32), signature_of(name),
        parts.version);
}

std::string call(std::size_t program, std::string const& accounts, std::string_view data,
                 unsigned height) {
    return fmt::format(R"({{"accounts":[{}],"data":"{}","programIdIndex":{},"stackHeight":{}}})",
                       accounts, base58_text(data), program, height);
}

std::string invoked(std::string_view program, unsigned height) {
    return fmt::format("\"Program {} invoke [{}]\"", program, height);
}

Parts transfer_parts(std::string_view name) {
    constexpr std::int64_t kRich = 1'000'000'000;
    Parts parts;
    parts.keys = {made_up(fmt::format("payer of {}", name), 32),
                  made_up(fmt::format("recipient of {}", name), 32), std::string(kSystem)};
    parts.before = {kRich, kRich, 1};
    parts.after = {kRich - 6'000, kRich + 1'000, 1};
    return parts;
}

}  // namespace

std::string made_up(std::string_view name, std::size_t bytes) {
    std::seed_seq seed(name.begin(), name.end());
    std::mt19937_64 engine(seed);
    std::string text;
    while (text.size() < bytes) text += static_cast<char>(1 + engine() % 255);
    return base58_text(text);
}

std::string signature_of(std::string_view name) {
    return made_up(name, 64);
}

std::string transfer(std::string_view name, unsigned depth, std::size_t idle_accounts) {
    auto parts = transfer_parts(name);
    for (std::size_t i = 0; i < idle_accounts; ++i) {
        parts.keys.insert(parts.keys.end() - 1, made_up(fmt::format("idle {}", i), 32));
        parts.before.insert(parts.before.end() - 1, 7);
        parts.after.insert(parts.after.end() - 1, 7);
    }
    auto const system = parts.keys.size() - 1;
    std::vector<std::string> calls;
    std::vector<std::string> logs;
    if (depth > 1) {
        parts.keys.push_back(made_up("a program that calls itself", 32));
        parts.before.push_back(1);
        parts.after.push_back(1);
    }
    for (unsigned height = 1; height < depth; ++height) {
        calls.push_back(call(system + 1, "0,1", "again", height));
        logs.push_back(invoked(parts.keys.back(), height));
    }
    calls.push_back(call(system, "0,1", kTransfer, depth));
    logs.push_back(invoked(kSystem, depth));
    parts.instruction = calls.front();
    if (depth > 1) {
        calls.erase(calls.begin());
        parts.inner = fmt::format(R"([{{"index":0,"instructions":[{}]}}])", fmt::join(calls, ","));
    }
    parts.logs = fmt::format("[{}]", fmt::join(logs, ","));
    return transaction(name, parts);
}

std::string vote(std::string_view name) {
    Parts parts;
    parts.keys = {made_up(fmt::format("validator {}", name), 32), made_up("vote account", 32),
                  std::string(kVote)};
    parts.before = {10'000'000, 7, 1};
    parts.after = {9'995'000, 7, 1};
    parts.instruction = call(2, "1,0", "vote", 1);
    parts.logs = fmt::format("[{}]", invoked(kVote, 1));
    return transaction(name, parts);
}

std::string unpaid(std::string_view name) {
    auto parts = transfer_parts(name);
    parts.before = parts.after = {0, 7, 1};
    parts.instruction = call(2, "0,1", kTransfer, 1);
    parts.error = R"("InsufficientFundsForFee")";
    parts.inner = parts.logs = "null";
    parts.fee = parts.units = 0;
    return transaction(name, parts);
}

std::string without_meta(std::string transaction) {
    auto const end = transaction.find(R"(,"transaction":)");
    return R"({"meta":null)" + transaction.substr(end);
}

std::string blockhash_of(std::uint64_t slot, std::string_view fork) {
    return made_up(fmt::format("block {} {}", slot, fork), 32);
}

std::string block_result(std::uint64_t slot, std::uint64_t parent,
                         std::vector<std::string> const& transactions, std::string_view fork) {
    return fmt::format(R"({{"blockHeight":null,"blockTime":{},"blockhash":"{}","parentSlot":{},)"
                       R"("previousBlockhash":"{}","transactions":[{}]}})",
                       1'790'000'000 + slot % 1'000'000 / 5, blockhash_of(slot, fork), parent,
                       blockhash_of(parent, fork), fmt::join(transactions, ","));
}

}  // namespace indexer::test
