#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace indexer::solana {

// A call of a program, by the transaction itself (top-level) or by another program (inner).
struct Instruction {
    std::uint8_t program = 0;       // index into Transaction::accounts
    std::uint8_t outer = 0;         // number of the top-level instruction it is, or is called by
    std::uint8_t stack_height = 0;  // 1 top-level, 2 called by it, …; 0 where it was not recorded
    std::string_view data = {};     // base58
    std::size_t first_account = 0;  // its accounts, in Transaction::account_indexes
    std::size_t account_count = 0;
};

// What a token account held before or after the transaction.
struct TokenBalance {
    std::uint8_t account;   // index into Transaction::accounts
    std::uint8_t decimals;  // of the mint
    std::uint64_t amount;   // in the mint's smallest unit
    std::string_view mint;
    std::string_view owner;  // empty in blocks before about mid 2021
};

// What a getBlock answer says about one transaction, as far as rows are made of it: a view into
// the answer, whose buffers are used again for the next transaction. Row builders only read it.
struct Transaction {
    std::int32_t index = 0;  // position in its block
    std::string_view signature;
    std::int32_t signature_count = 0;
    std::optional<std::uint8_t> required_signatures;  // as the message's header says
    std::string_view version;  // "legacy", "0", "1", …; empty when the answer does not say
    std::string_view recent_blockhash;

    // The message's own keys, then the loaded writable and the loaded read-only ones: what every
    // index in a transaction refers to. [0] pays the fee.
    std::vector<std::string_view> accounts;
    std::vector<std::string_view> loaded_writable;
    std::vector<std::string_view> loaded_readonly;
    std::size_t own_accounts = 0;      // how many of them the message names itself
    std::size_t writable_lookups = 0;  // how many the message has loaded from tables
    std::size_t readonly_lookups = 0;
    std::vector<Instruction> instructions;
    std::vector<Instruction> inner_instructions;  // in the order of execution
    std::vector<std::uint8_t> account_indexes;
    std::vector<TokenBalance> pre_token_balances;  // of one that failed: see Balances
    std::vector<TokenBalance> post_token_balances;
    bool token_balances_recorded = false;  // both lists are there
    bool inner_recorded = false;           // false: what programs called is not known
    // How many accounts the balances in lamports are of; nothing: they are not there.
    std::optional<std::size_t> lamports_before;
    std::optional<std::size_t> lamports_after;
    std::string_view logs;  // a JSON array of lines; empty when they were not recorded

    // Version 1 says this in its message; earlier versions by compute budget instructions.
    std::optional<std::int64_t> declared_unit_limit;

    bool executed = false;     // the result is known; it is not for some very old transactions
    bool tells_error = false;  // the answer says whether it succeeded
    std::string error;         // JSON; empty when it succeeded
    std::optional<bool> ok;    // the same in an older word, where it is there
    std::optional<std::int64_t> fee;
    std::optional<std::int64_t> compute_units_consumed;
    std::optional<std::int64_t> cost_units;

    [[nodiscard]] bool failed() const noexcept { return !error.empty(); }

    // The program's address; empty when an inner instruction names an account that the answer
    // lacks (old nodes leave out the loaded addresses).
    [[nodiscard]] std::string_view program(Instruction const& instruction) const noexcept {
        return instruction.program < accounts.size() ? accounts[instruction.program]
                                                     : std::string_view{};
    }
    [[nodiscard]] std::span<std::uint8_t const> accounts_of(
        Instruction const& instruction) const noexcept {
        return std::span(account_indexes)
            .subspan(instruction.first_account, instruction.account_count);
    }
};

// A vote: every instruction, and there is one, calls the Vote program.
[[nodiscard]] bool is_vote(Transaction const& transaction) noexcept;

}  // namespace indexer::solana
