#include "tests/simulator/history/meta_writer.hpp"

#include <fmt/format.h>

#include "tests/simulator/encoding/bytes.hpp"

namespace indexer::simulator {
namespace {

using base::JsonWriter;

void write_inner_instructions(JsonWriter& json, std::vector<Instruction> const& trace) {
    json.key("innerInstructions").begin_array();
    std::uint64_t top_level = 0;
    bool open = false;
    for (Instruction const& instruction : trace) {
        if (instruction.height == 1) {
            if (open) json.end_array().end_object();
            open = false;
            ++top_level;
            continue;
        }
        if (!open) {
            json.begin_object().member("index", top_level - 1).key("instructions").begin_array();
        }
        open = true;
        write_instruction(json, instruction);
    }
    if (open) json.end_array().end_object();
    json.end_array();
}

void write_loaded(JsonWriter& json, char const* name, std::vector<Account> const& accounts,
                  bool writable) {
    json.key(name).begin_array();
    for (Account const& account : accounts) {
        if (account.loaded && account.writable == writable) json.value(account.key.text());
    }
    json.end_array();
}

void write_logs(JsonWriter& json, std::vector<std::string> const& lines) {
    json.key("logMessages").begin_array();
    for (std::string const& line : lines) json.value(line);
    json.end_array();
}

void write_balances(JsonWriter& json, char const* name, std::vector<Account> const& accounts,
                    std::uint64_t Account::*lamports) {
    json.key(name).begin_array();
    for (Account const& account : accounts) json.value(account.*lamports);
    json.end_array();
}

// As Rust prints it: no trailing zeros, no point when nothing follows it.
std::string decimal(std::uint64_t amount, unsigned decimals) {
    auto text = fmt::format("{:0{}}", amount, decimals + 1);
    if (decimals == 0) return text;
    text.insert(text.size() - decimals, 1, '.');
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

void write_token_balance(JsonWriter& json, std::size_t index, TokenBalance const& balance) {
    auto const text = decimal(balance.amount, balance.mint.decimals);
    json.begin_object().member("accountIndex", std::uint64_t{index});
    json.member("mint", balance.mint.key.text()).member("owner", balance.owner.text());
    json.member("programId", balance.mint.program.text());
    json.key("uiTokenAmount").begin_object().member("amount", fmt::format("{}", balance.amount));
    json.member("decimals", balance.mint.decimals).key("uiAmount");
    balance.amount == 0 ? json.null()
                        : json.raw(text.find('.') == std::string::npos ? text + ".0" : text);
    json.member("uiAmountString", text).end_object().end_object();
}

void write_token_balances(JsonWriter& json, char const* name, std::vector<Account> const& accounts,
                          std::optional<TokenBalance> Account::*tokens) {
    json.key(name).begin_array();
    for (std::size_t i = 0; i < accounts.size(); ++i) {
        if (accounts[i].*tokens) write_token_balance(json, i, *(accounts[i].*tokens));
    }
    json.end_array();
}

void write_status(JsonWriter& json, std::string const& error) {
    json.key("status").begin_object().key(error.empty() ? "Ok" : "Err");
    json.raw(error.empty() ? "null" : error).end_object();
}

void write_return_data(JsonWriter& json, ReturnData const& data) {
    json.key("returnData").begin_object().key("data").begin_array();
    json.value(base64(data.data)).value("base64").end_array();
    json.member("programId", data.program.text()).end_object();
}

// What the scheduler charges beside the units used: signatures, write locks, loaded data.
std::uint64_t cost_units(Transaction const& transaction) {
    std::uint64_t cost = transaction.compute_units + 720;
    for (Account const& account : transaction.accounts) cost += account.writable ? 300 : 8;
    return cost;
}

void write_calls(JsonWriter& json, Transaction const& transaction) {
    if (transaction.records_calls) {
        write_inner_instructions(json, transaction.instructions);
    } else {
        json.key("innerInstructions").null();
    }
    json.key("loadedAddresses").begin_object();
    write_loaded(json, "readonly", transaction.accounts, false);
    write_loaded(json, "writable", transaction.accounts, true);
    json.end_object();
    if (transaction.records_calls) {
        write_logs(json, transaction.logs);
    } else {
        json.key("logMessages").null();
    }
}

}  // namespace

void write_instruction(JsonWriter& json, Instruction const& instruction) {
    json.begin_object().key("accounts").begin_array();
    for (std::size_t const account : instruction.accounts) json.value(std::uint64_t{account});
    json.end_array().member("data", base58(instruction.data));
    json.member("programIdIndex", std::uint64_t{instruction.program});
    json.member("stackHeight", instruction.height).end_object();
}

void write_meta(JsonWriter& json, Transaction const& transaction, bool rewards) {
    auto const& accounts = transaction.accounts;
    json.begin_object().member("computeUnitsConsumed", transaction.compute_units);
    json.member("costUnits", cost_units(transaction)).key("err");
    json.raw(transaction.error.empty() ? "null" : transaction.error);
    json.member("fee", transaction.fee);
    write_calls(json, transaction);
    write_balances(json, "postBalances", accounts, &Account::lamports_after);
    write_token_balances(json, "postTokenBalances", accounts, &Account::tokens_after);
    write_balances(json, "preBalances", accounts, &Account::lamports_before);
    write_token_balances(json, "preTokenBalances", accounts, &Account::tokens_before);
    if (transaction.return_data) write_return_data(json, *transaction.return_data);
    json.key("rewards");
    rewards ? json.begin_array().end_array() : json.null();
    write_status(json, transaction.error);
    json.end_object();
}

}  // namespace indexer::simulator
