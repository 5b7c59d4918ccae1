#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/simulator/encoding/base58.hpp"

namespace indexer::simulator {

struct Mint {
    Key key;
    Key program;  // SPL Token or Token-2022
    unsigned decimals = 0;
};

struct TokenBalance {
    Mint mint;
    Key owner;
    std::uint64_t amount = 0;
};

// An account a transaction names, with what it held before and after.
struct Account {
    Key key;
    bool signer = false;
    bool writable = false;
    bool loaded = false;  // from an address lookup table, not from the message itself
    std::uint64_t lamports_before = 0;
    std::uint64_t lamports_after = 0;
    std::optional<TokenBalance> tokens_before{};
    std::optional<TokenBalance> tokens_after{};
};

// Accounts are meant by their place in Transaction::accounts.
struct Instruction {
    std::size_t program = 0;
    std::vector<std::size_t> accounts;
    std::string data;
    unsigned height = 1;  // 1 = top level, 2 = called by it, …
};

struct ReturnData {
    Key program;
    std::string data;
};

// How much a transaction may spend; the members are those of a version-1 message.
struct Budget {
    std::optional<std::uint64_t> priority_fee;  // lamports in all
    std::optional<std::uint64_t> compute_units;
    std::optional<std::uint64_t> loaded_bytes;
};

struct Transaction {
    static constexpr int kLegacy = -1;

    int version = kLegacy;
    std::vector<Account> accounts;          // in message order: the first pays the fee
    std::vector<Instruction> instructions;  // the call trace: each followed by what it called
    std::vector<std::string> logs;
    std::optional<ReturnData> return_data;
    Budget budget;
    std::string error;  // JSON; empty when it succeeded
    std::uint64_t fee = 0;
    std::uint64_t compute_units = 0;
    bool is_vote = false;
    bool records_calls = true;  // false: the node did not keep inner instructions and logs
};

}  // namespace indexer::simulator
