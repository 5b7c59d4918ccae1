#include "solana/transaction_parser.hpp"

#include <algorithm>
#include <bitset>
#include <utility>

#include "base/json_writer.hpp"
#include "solana/base58.hpp"

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

// Which fields of an object were there, each by a number of its own: none may be twice.
class Parts {
  public:
    [[nodiscard]] value take(unsigned number, value field) {
        auto const part = 1U << number;
        if ((seen_ & part) != 0) throw json::wrong("there twice");
        seen_ |= part;
        return field;
    }
    // Throws when one of the first `count` was not there.
    void require(unsigned count, char const* names) const {
        auto const all = (1U << count) - 1;
        if ((seen_ & all) != all) throw json::wrong(std::string("lacks one of ") + names);
    }

  private:
    unsigned seen_ = 0;
};

class Parser {
  public:
    Parser(Transaction& transaction, Balances balances) noexcept
        : out_(transaction), balances_(balances) {}

    void parse(object transaction);

  private:
    void sort_inner_instructions();
    void meta(object meta);
    void error(value error);
    void status(object status);
    void loaded_addresses(object loaded);
    void inner_instructions(array groups);
    void inner_group(object group);
    void first_group_of(std::uint8_t outer);
    void logs(array lines);
    void token_balances(array balances, std::vector<TokenBalance>& out);
    static void token_amount(object amount, TokenBalance& out);

    void envelope(object envelope);
    void signatures(array signatures);
    void message(object message);
    void header(object header);
    void lookups(array tables);
    void transaction_config(object config);
    void instructions(array instructions);

    Instruction instruction(object object, std::uint8_t stack_height);
    void account_indexes(array indexes, Instruction& instruction);

    Transaction& out_;
    Balances balances_;
    std::bitset<256> groups_;  // of inner instructions, by the one that called them
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

// There is no escape in the alphabet, so that most addresses need not be searched for one.
std::string_view address_in(value address) {
    if (auto const raw = json::raw_text(address); base58::spells32(raw)) return raw;
    auto const text = json::text(address);
    if (!base58::spells32(text)) throw json::wrong("not base58 of 32 bytes");
    return text;
}

void read(array addresses, std::vector<std::string_view>& out) {
    out.clear();
    json::for_each_element(addresses, [&](value address) {
        if (out.size() == kMostAccounts) throw json::wrong("too many accounts");
        out.push_back(address_in(address));
    });
}

// "legacy" or a number of seven bits, as its first byte on the wire has them.
std::string_view version_of(value version) {
    if (version.type() == json_type::string) {
        if (auto const word = json::text(version); word == "legacy") return word;
        throw json::wrong("an unknown word");
    }
    auto const token = version.raw_json_token();
    auto const number = json::byte(version);
    if (number > 127) throw json::wrong(std::to_string(number) + " is out of range");
    if (number == 0) return "0";
    return token.substr(0, token.find_first_not_of("0123456789"));
}

void Parser::parse(object transaction) {
    Parts parts;
    json::for_each_field(transaction, [&](Key key, value field) {
        if (key == "meta" && !json::is_null(field)) return meta(parts.take(0, field));
        if (key == "transaction") return envelope(parts.take(1, field));
        if (key == "version") out_.version = version_of(parts.take(2, field));
    });
    out_.own_accounts = out_.accounts.size();
    // Only now: loaded addresses come before or after the message's own keys.
    for (auto const* loaded : {&out_.loaded_writable, &out_.loaded_readonly}) {
        out_.accounts.insert(out_.accounts.end(), loaded->begin(), loaded->end());
    }
    sort_inner_instructions();
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
    bool has_before = false;
    bool has_after = false;
    Parts parts;
    json::for_each_field(meta, [&](Key key, value field) {
        auto const take = [&](unsigned number) { return parts.take(number, field); };
        if (key == "computeUnitsConsumed") return read(take(0), out_.compute_units_consumed);
        if (key == "costUnits") return read(take(1), out_.cost_units);
        if (key == "err") return error(take(2));
        if (key == "status" && !json::is_null(field)) return status(take(3));
        if (key == "fee") return read(take(4), out_.fee);
        if (key == "innerInstructions" && !json::is_null(field)) {
            return inner_instructions(take(5));
        }
        if (key == "loadedAddresses" && !json::is_null(field)) return loaded_addresses(take(6));
        if (key == "logMessages" && !json::is_null(field)) return logs(take(7));
        if (key == "postBalances") out_.lamports_after = json::count_numbers(take(8));
        if (key == "preBalances") out_.lamports_before = json::count_numbers(take(9));
        if (key == "postTokenBalances" && !json::is_null(field)) {
            has_after = true;
            return token_balances(take(10), out_.post_token_balances);
        }
        if (key == "preTokenBalances" && !json::is_null(field)) {
            has_before = true;
            return token_balances(take(11), out_.pre_token_balances);
        }
    });
    out_.token_balances_recorded = has_before && has_after;
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
        Parts parts;
        json::for_each_field(balance, [&](Key key, value field) {
            if (key == "accountIndex") result.account = json::byte(parts.take(0, field));
            if (key == "mint") result.mint = address_in(parts.take(1, field));
            if (key == "owner" && !json::is_null(field)) result.owner = address_in(field);
            if (key == "uiTokenAmount") token_amount(parts.take(2, field), result);
        });
        parts.require(3, "accountIndex, mint and uiTokenAmount");
    });
}

void Parser::token_amount(object amount, TokenBalance& out) {
    Parts parts;
    json::for_each_field(amount, [&](Key key, value field) {
        if (key == "amount") out.amount = json::decimal(parts.take(0, field));
        if (key == "decimals") out.decimals = json::byte(parts.take(1, field));
    });
    parts.require(2, "amount and decimals");
}

// A word, or an object of one whose value says more. Source: TransactionError of Agave.
void Parser::error(value error) {
    out_.tells_error = true;
    if (json::is_null(error)) return;
    auto const type = error.type().value();
    bool const is_object = type == json_type::object;
    if (!is_object && type != json_type::string) throw json::wrong("of a type that no node sends");
    if (is_object && error.count_fields() != 1U) throw json::wrong("not of one field");
    base::JsonWriter writer;
    json::copy(error, writer);
    out_.error = std::move(writer).text();
}

void Parser::status(object status) {
    json::for_each_field(status, [&](Key key, value /*field*/) {
        if (key == "Ok") out_.ok = true;
        if (key == "Err") out_.ok = false;
    });
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
    Parts parts;
    json::for_each_field(group, [&](Key key, value field) {
        if (key == "index") first_group_of(outer = json::byte(parts.take(0, field)));
        if (key != "instructions") return;
        json::for_each_element(parts.take(1, field), [&](value element) {
            out_.inner_instructions.push_back(instruction(element, 0));
            if (out_.inner_instructions.size() > kMostInner) throw json::wrong("too many");
        });
    });
    parts.require(2, "index and instructions");
    for (auto i = first; i < out_.inner_instructions.size(); ++i) {
        out_.inner_instructions[i].outer = outer;
    }
}

void Parser::first_group_of(std::uint8_t outer) {
    if (groups_.test(outer)) throw json::wrong("there twice");
    groups_.set(outer);
}

void Parser::envelope(object envelope) {
    Parts parts;
    json::for_each_field(envelope, [&](Key key, value field) {
        if (key == "message") return message(parts.take(0, field));
        if (key == "signatures") return signatures(parts.take(1, field));
    });
}

void Parser::signatures(array signatures) {
    json::for_each_element(signatures, [&](value element) {
        auto const signature = json::text(element);
        if (!base58::spells64(signature)) throw json::wrong("not base58 of 64 bytes");
        if (out_.signature_count++ == 0) out_.signature = signature;
    });
}

void Parser::message(object message) {
    Parts parts;
    json::for_each_field(message, [&](Key key, value field) {
        if (key == "instructions") return instructions(parts.take(0, field));
        if (key == "header") return header(parts.take(1, field));
        if (key == "accountKeys") return read(parts.take(2, field), out_.accounts);
        if (key == "recentBlockhash") out_.recent_blockhash = address_in(parts.take(3, field));
        if (key == "addressTableLookups" && !json::is_null(field)) {
            return lookups(parts.take(4, field));
        }
        if (key == "transactionConfig" && !json::is_null(field)) {
            return transaction_config(parts.take(5, field));
        }
    });
    parts.require(1, "instructions");
}

void Parser::header(object header) {
    Parts parts;
    json::for_each_field(header, [&](Key key, value field) {
        if (key != "numRequiredSignatures") return;
        out_.required_signatures = json::byte(parts.take(0, field));
    });
    parts.require(1, "numRequiredSignatures");
}

void Parser::lookups(array tables) {
    json::for_each_element(tables, [&](object table) {
        json::for_each_field(table, [&](Key key, value field) {
            if (key == "writableIndexes") out_.writable_lookups += json::count_numbers(field);
            if (key == "readonlyIndexes") out_.readonly_lookups += json::count_numbers(field);
        });
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
    Parts parts;
    json::for_each_field(object, [&](Key key, value field) {
        if (key == "accounts") return account_indexes(parts.take(0, field), result);
        if (key == "data") result.data = json::text(parts.take(1, field));
        if (key == "programIdIndex") result.program = json::byte(parts.take(2, field));
        if (key == "stackHeight" && !json::is_null(field)) result.stack_height = json::byte(field);
    });
    parts.require(3, "accounts, data and programIdIndex, so its encoding is not json");
    return result;
}

void Parser::account_indexes(array indexes, Instruction& instruction) {
    instruction.first_account = out_.account_indexes.size();
    json::append_bytes(indexes, out_.account_indexes);
    instruction.account_count = out_.account_indexes.size() - instruction.first_account;
}

}  // namespace

void parse_transaction(object object, Transaction& transaction, Balances balances) {
    clear(transaction);
    Parser(transaction, balances).parse(object);
}

}  // namespace indexer::solana
