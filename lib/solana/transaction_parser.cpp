#include "solana/transaction_parser.hpp"

#include <algorithm>
#include <utility>

#include "base/json_writer.hpp"

namespace indexer::solana {
namespace {

using json::Key;
using json::ondemand::array;
using json::ondemand::json_type;
using json::ondemand::object;
using json::ondemand::value;

// Many more than a transaction can make (64, in every era), and few enough for the type of their
// number.
constexpr std::size_t kMostInner = 10'000;

// An index of an account has one byte.
constexpr std::size_t kMostAccounts = 256;

// In base58, of 32 and of 64 bytes. Rows repeat them, so that long ones would grow a thousandfold.
constexpr std::size_t kLongestAddress = 44;
constexpr std::size_t kLongestSignature = 88;

class Parser {
  public:
    Parser(Transaction& transaction, Balances balances) noexcept
        : out_(transaction), balances_(balances) {}

    void parse(object transaction);

  private:
    void sort_inner_instructions();
    void meta(object meta);
    void error(value error);
    void loaded_addresses(object loaded);
    void inner_instructions(array groups);
    void inner_group(object group);
    void logs(array lines);
    void token_balances(array balances, std::vector<TokenBalance>& out);
    static void token_amount(object amount, TokenBalance& out);

    void envelope(object envelope);
    void signatures(array signatures);
    void message(object message);
    void transaction_config(object config);
    void instructions(array instructions);

    Instruction instruction(object object, std::uint8_t stack_height);
    void account_indexes(array indexes, Instruction& instruction);
    void check() const;

    Transaction& out_;
    Balances balances_;
};

// Everything goes but the capacity of the buffers.
void clear(Transaction& transaction) {
    Transaction fresh;
    fresh.index = transaction.index;
    auto const keep_buffer = [&](auto Transaction::*buffer) {
        (transaction.*buffer).clear();
        fresh.*buffer = std::move(transaction.*buffer);
    };
    keep_buffer(&Transaction::accounts);
    keep_buffer(&Transaction::loaded_writable);
    keep_buffer(&Transaction::loaded_readonly);
    keep_buffer(&Transaction::instructions);
    keep_buffer(&Transaction::inner_instructions);
    keep_buffer(&Transaction::account_indexes);
    keep_buffer(&Transaction::pre_token_balances);
    keep_buffer(&Transaction::post_token_balances);
    transaction = std::move(fresh);
}

void read(value number, std::optional<std::int64_t>& out) {
    if (!json::is_null(number)) out = json::bigint(number);
}

std::string_view short_text(value value, std::size_t longest) {
    auto const text = json::text(value);
    if (text.size() > longest) throw json::wrong("too long");
    return text;
}

void read(array addresses, std::vector<std::string_view>& out) {
    out.clear();
    json::for_each_element(addresses, [&](value address) {
        if (out.size() == kMostAccounts) throw json::wrong("too many accounts");
        out.push_back(short_text(address, kLongestAddress));
    });
}

// "legacy" or a number.
std::string_view version_of(value version) {
    if (version.type() == json_type::string) return json::text(version);
    auto const token = version.raw_json_token();
    if (json::byte(version) == 0) return "0";
    return token.substr(0, token.find_first_not_of("0123456789"));
}

void Parser::parse(object transaction) {
    json::for_each_field(transaction, [&](Key key, value field) {
        if (key == "meta" && !json::is_null(field)) return meta(field);
        if (key == "transaction") return envelope(field);
        if (key == "version") out_.version = version_of(field);
    });
    // Only now: loaded addresses come before or after the message's own keys.
    for (auto const* loaded : {&out_.loaded_writable, &out_.loaded_readonly}) {
        out_.accounts.insert(out_.accounts.end(), loaded->begin(), loaded->end());
    }
    sort_inner_instructions();
    check();
}

// Nodes send the groups in order, but nobody promises it.
void Parser::sort_inner_instructions() {
    auto& inner = out_.inner_instructions;
    auto const before = [](Instruction const& a, Instruction const& b) {
        return a.outer < b.outer;
    };
    if (!std::is_sorted(inner.begin(), inner.end(), before)) {
        std::stable_sort(inner.begin(), inner.end(), before);
    }
}

void Parser::meta(object meta) {
    out_.executed = true;
    json::for_each_field(meta, [&](Key key, value field) {
        if (key == "computeUnitsConsumed") return read(field, out_.compute_units_consumed);
        if (key == "costUnits") return read(field, out_.cost_units);
        if (key == "err") return error(field);
        if (key == "fee") return read(field, out_.fee);
        if (key == "innerInstructions" && !json::is_null(field)) return inner_instructions(field);
        if (key == "loadedAddresses" && !json::is_null(field)) return loaded_addresses(field);
        if (key == "logMessages" && !json::is_null(field)) return logs(field);
        if (key == "postTokenBalances" && !json::is_null(field)) {
            return token_balances(field, out_.post_token_balances);
        }
        if (key == "preTokenBalances" && !json::is_null(field)) {
            return token_balances(field, out_.pre_token_balances);
        }
    });
}

// Few transactions need their logs, so that they stay text until somebody asks.
void Parser::logs(array lines) {
    out_.logs = lines.raw_json();
}

void Parser::token_balances(array balances, std::vector<TokenBalance>& out) {
    if (balances_ == Balances::of_successful && out_.failed()) return;
    json::for_each_element(balances, [&](object balance) {
        if (out.size() == kMostAccounts) throw json::wrong("too many balances");
        auto& result = out.emplace_back();
        json::for_each_field(balance, [&](Key key, value field) {
            if (key == "accountIndex") result.account = json::byte(field);
            if (key == "mint") result.mint = short_text(field, kLongestAddress);
            if (key == "owner" && !json::is_null(field)) {
                result.owner = short_text(field, kLongestAddress);
            }
            if (key == "uiTokenAmount") token_amount(field, result);
        });
    });
}

void Parser::token_amount(object amount, TokenBalance& out) {
    json::for_each_field(amount, [&](Key key, value field) {
        if (key == "amount") out.amount = json::decimal(field);
        if (key == "decimals") out.decimals = json::byte(field);
    });
}

void Parser::error(value error) {
    if (json::is_null(error)) return;
    base::JsonWriter writer;
    json::copy(error, writer);
    out_.error = std::move(writer).text();
}

void Parser::loaded_addresses(object loaded) {
    json::for_each_field(loaded, [&](Key key, value field) {
        if (key == "readonly") return read(field, out_.loaded_readonly);
        if (key == "writable") return read(field, out_.loaded_writable);
    });
}

void Parser::inner_instructions(array groups) {
    out_.inner_recorded = true;
    json::for_each_element(groups, [&](value group) { inner_group(group); });
}

void Parser::inner_group(object group) {
    auto const first = out_.inner_instructions.size();
    std::uint8_t outer = 0;
    json::for_each_field(group, [&](Key key, value field) {
        if (key == "index") outer = json::byte(field);
        if (key != "instructions") return;
        json::for_each_element(field, [&](value element) {
            out_.inner_instructions.push_back(instruction(element, 0));
            if (out_.inner_instructions.size() > kMostInner) throw json::wrong("too many");
        });
    });
    for (auto i = first; i < out_.inner_instructions.size(); ++i) {
        out_.inner_instructions[i].outer = outer;
    }
}

void Parser::envelope(object envelope) {
    json::for_each_field(envelope, [&](Key key, value field) {
        if (key == "message") return message(field);
        if (key == "signatures") return signatures(field);
    });
}

void Parser::signatures(array signatures) {
    json::for_each_element(signatures, [&](value signature) {
        if (out_.signature_count++ > 0) return;
        out_.signature = short_text(signature, kLongestSignature);
    });
}

void Parser::message(object message) {
    json::for_each_field(message, [&](Key key, value field) {
        if (key == "accountKeys") return read(field, out_.accounts);
        if (key == "instructions") return instructions(field);
        if (key == "recentBlockhash") out_.recent_blockhash = json::text(field);
        if (key == "transactionConfig" && !json::is_null(field)) return transaction_config(field);
    });
}

void Parser::transaction_config(object config) {
    json::for_each_field(config, [&](Key key, value field) {
        if (key == "computeUnitLimit") read(field, out_.declared_unit_limit);
    });
}

void Parser::instructions(array instructions) {
    json::for_each_element(instructions, [&](value element) {
        auto const outer = out_.instructions.size();
        if (outer > 255) throw json::wrong("too many instructions");
        out_.instructions.push_back(instruction(element, 1));
        out_.instructions.back().outer = static_cast<std::uint8_t>(outer);
    });
}

Instruction Parser::instruction(object object, std::uint8_t stack_height) {
    Instruction result;
    result.stack_height = stack_height;
    bool has_program = false;
    json::for_each_field(object, [&](Key key, value field) {
        if (key == "accounts") return account_indexes(field, result);
        if (key == "data") result.data = json::text(field);
        if (key == "programIdIndex") {
            result.program = json::byte(field);
            has_program = true;
        }
        if (key == "stackHeight" && !json::is_null(field)) result.stack_height = json::byte(field);
    });
    if (!has_program) throw json::wrong("no programIdIndex, so its encoding is not json");
    return result;
}

void Parser::account_indexes(array indexes, Instruction& instruction) {
    instruction.first_account = out_.account_indexes.size();
    json::append_bytes(indexes, out_.account_indexes);
    instruction.account_count = out_.account_indexes.size() - instruction.first_account;
}

void Parser::check() const {
    if (out_.signature.empty()) throw json::wrong("no signature");
    if (out_.accounts.empty()) throw json::wrong("no account keys");
    if (out_.recent_blockhash.empty()) throw json::wrong("no recent blockhash");
    for (Instruction const& instruction : out_.instructions) {
        if (instruction.program >= out_.accounts.size()) {
            throw json::wrong("instruction " + std::to_string(instruction.outer) +
                              " calls an account that is not there");
        }
    }
    for (Instruction const& inner : out_.inner_instructions) {
        if (inner.outer >= out_.instructions.size()) {
            throw json::wrong("instruction " + std::to_string(inner.outer) +
                              " has inner ones but is not there");
        }
    }
}

}  // namespace

void parse_transaction(object object, Transaction& transaction, Balances balances) {
    clear(transaction);
    Parser(transaction, balances).parse(object);
}

}  // namespace indexer::solana
