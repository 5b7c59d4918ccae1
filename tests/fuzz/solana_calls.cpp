#include "tests/fuzz/solana_calls.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include <simdjson.h>

#include "base/json_writer.hpp"
#include "solana/base58.hpp"
#include "solana/json.hpp"
#include "tests/support/base58_text.hpp"

namespace indexer::fuzz {
namespace {

constexpr std::array<std::string_view, 12> kPrograms{
    "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",
    "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb",
    "11111111111111111111111111111111",
    "JUP6LkbZbjS1jKKwapdHNy74zcZ3tLUZoi5QNyVTaV4",
    "routeUGWgWzqBWFcrCfv8tritsqukccJPu3q5GPP3xS",
    "675kPX9MHTjS2zt1qfr1NYHuzeLXfQM9H24wFSUt1Mp8",
    "CAMMCzo5YL8w4VFF8KVHrK22GGUsp5VTaW7grrKgrWqK",
    "CPMMoo8L3F4NbTegBCKVNunggL7H1ZpdTHKxQB5qKP1C",
    "LanMV9sAd7wArD4vJFi2qDdfnVhFxYSUg6eADduJ3uj",
    "6EF8rrecthR5Dkzon8Nwu78hRvfCKubJ14M5uBEwF6P",
    "pAMMBay6oceH9fJKBRHGP5D4bD4sWpmSwMn52FMfXEA",
    "ComputeBudget111111111111111111111111111111",  // stands for all that no decoder knows
};
constexpr std::size_t kCalledByEverybody = 5;
constexpr std::size_t kMostAccounts = 200;
constexpr std::size_t kMostLine = 0xffff;
constexpr std::size_t kMostData = 1'500;  // spelling it takes time by its square

class Output {
  public:
    void number(std::uint64_t value, std::size_t size) {
        for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(value >> 8 * i & 0xff);
    }
    void counted(std::string_view text) {
        number(text.size(), 2);
        bytes += text;
    }
    std::string bytes;
};

std::size_t program_number(std::string_view address) {
    auto const* const found = std::find(kPrograms.begin(), kPrograms.end(), address);
    return std::min<std::size_t>(static_cast<std::size_t>(found - kPrograms.begin()),
                                 kPrograms.size() - 1);
}

void write_call(solana::Transaction const& transaction, solana::Instruction const& instruction,
                Output& out) {
    std::string data;
    if (!solana::base58::decode(instruction.data, data) || data.size() > kMostData) return;
    auto const height = std::min<std::size_t>(instruction.stack_height, 7);
    out.number(program_number(transaction.program(instruction)) | height << 4, 1);
    auto const accounts = transaction.accounts_of(instruction);
    out.number(accounts.size(), 1);
    for (auto const account : accounts) out.number(account, 1);
    out.counted(data);
}

std::uint8_t place_of(std::string_view address, std::vector<std::string_view>& accounts) {
    auto const found = std::find(accounts.begin(), accounts.end(), address);
    auto const place = static_cast<std::uint8_t>(found - accounts.begin());
    if (found == accounts.end()) accounts.push_back(address);
    return place;
}

// Without heights the first of the calls is the top-level one.
void write_group(solana::Transaction const& transaction, solana::Instruction const& top,
                 Output& out) {
    write_call(transaction, top, out);
    for (auto const& inner : transaction.inner_instructions) {
        if (inner.outer == top.outer) write_call(transaction, inner, out);
    }
}

void write_logs(solana::Transaction const& transaction, Output& out) {
    if (transaction.logs.empty()) return;
    simdjson::dom::parser parser;
    for (simdjson::dom::element const line :
         simdjson::dom::array(parser.parse(std::string(transaction.logs)))) {
        std::string_view const text(line);
        if (text.size() > kMostLine) continue;
        out.number(0x80, 1);
        out.counted(text);
    }
}

}  // namespace

class Calls::Input {
  public:
    explicit Input(std::string_view bytes) noexcept : rest_(bytes) {}

    [[nodiscard]] bool empty() const noexcept { return rest_.empty(); }
    std::string_view bytes(std::size_t count) {
        auto const result = rest_.substr(0, count);
        rest_.remove_prefix(result.size());
        return result;
    }
    std::uint64_t number(std::size_t size) {
        std::uint64_t value = 0;
        auto const raw = bytes(size);
        for (auto i = raw.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(raw[i]);
        return value;
    }
    std::uint8_t byte() { return static_cast<std::uint8_t>(number(1)); }

  private:
    std::string_view rest_;
};

Calls::Calls(std::string_view bytes, std::string_view address) : address_(address) {
    transaction_.executed = true;
    transaction_.inner_recorded = true;
    transaction_.signature = "signature";
    Input in(bytes);
    read_accounts(in);
    read_balances(in);
    std::string lines;
    while (!in.empty()) {
        auto const kind = in.byte();
        (kind & 0x80) != 0 ? read_log(in, lines) : read_call(in, kind);
    }
    if (lines.empty()) return;
    auto const size = lines.size() + 2;
    transaction_.logs =
        keep('[' + lines + ']' + std::string(simdjson::SIMDJSON_PADDING, ' ')).substr(0, size);
}

void Calls::read_accounts(Input& in) {
    for (auto count = std::min<std::size_t>(in.byte(), kMostAccounts); count > 0; --count) {
        solana::base58::Bytes32 key{};
        auto const raw = in.bytes(key.size());
        std::copy(raw.begin(), raw.end(), key.begin());
        transaction_.accounts.push_back(keep(solana::base58::encode(key)));
    }
}

void Calls::read_balances(Input& in) {
    auto const& accounts = transaction_.accounts;
    auto const address_at = [&](std::size_t index) {
        return index < accounts.size() ? accounts[index] : std::string_view{};
    };
    for (auto count = in.byte(); count > 0 && !in.empty(); --count) {
        solana::TokenBalance balance{};
        balance.account = in.byte();
        balance.mint = address_at(in.byte());
        balance.owner = address_at(in.byte());
        balance.amount = in.number(8);
        transaction_.pre_token_balances.push_back(balance);
        balance.amount = in.number(8);
        transaction_.post_token_balances.push_back(balance);
        balance.decimals = in.byte();
    }
}

std::uint8_t Calls::account(std::string_view address) {
    auto& accounts = transaction_.accounts;
    if (std::find(accounts.begin(), accounts.end(), address) == accounts.end() &&
        accounts.size() == 256) {
        return 0;
    }
    return place_of(address, accounts);
}

void Calls::read_call(Input& in, std::uint8_t kind) {
    auto program = std::min<std::size_t>(kind & 0xf, kPrograms.size() - 1);
    bool const keeps_decoder =
        address_.empty() || program < kCalledByEverybody || kPrograms[program] == address_;
    if (!keeps_decoder) program = kPrograms.size() - 1;
    auto& all = transaction_;
    solana::Instruction call;
    call.program = account(kPrograms[program]);
    call.stack_height = kind >> 4 & 7;
    call.first_account = all.account_indexes.size();
    for (auto count = in.byte(); count > 0; --count) all.account_indexes.push_back(in.byte());
    call.account_count = all.account_indexes.size() - call.first_account;
    call.data = keep(test::base58_text(in.bytes(std::min<std::size_t>(in.number(2), kMostData))));
    bool const is_top = call.stack_height == 1 || all.instructions.empty();
    if (is_top && all.instructions.size() < 256) {
        call.stack_height = 1;
        call.outer = static_cast<std::uint8_t>(all.instructions.size());
        all.instructions.push_back(call);
    } else {
        call.outer = all.instructions.back().outer;
        all.inner_instructions.push_back(call);
    }
}

void Calls::read_log(Input& in, std::string& lines) {
    std::string text(in.bytes(in.number(2)));
    for (char& byte : text) byte = static_cast<char>(byte & 0x7f);
    base::JsonWriter line;
    line.value(text);
    lines += (lines.empty() ? "" : ",") + line.text();
}

std::string write_calls(solana::Transaction const& transaction) {
    auto accounts = transaction.accounts;
    Output balances;
    auto const& before = transaction.pre_token_balances;
    auto const& after = transaction.post_token_balances;
    for (auto const& balance : after) {
        auto const same = std::find_if(before.begin(), before.end(), [&](auto const& other) {
            return other.account == balance.account;
        });
        balances.number(balance.account, 1);
        balances.number(place_of(balance.mint, accounts), 1);
        balances.number(balance.owner.empty() ? 255 : place_of(balance.owner, accounts), 1);
        balances.number(same == before.end() ? 0 : same->amount, 8);
        balances.number(balance.amount, 8);
        balances.number(balance.decimals, 1);
    }
    Output out;
    auto const count = std::min(accounts.size(), kMostAccounts);
    out.number(count, 1);
    for (std::size_t i = 0; i < count; ++i) {
        auto const key = solana::base58::decode32(accounts[i]).value_or(solana::base58::Bytes32{});
        out.bytes.append(key.begin(), key.end());
    }
    out.number(after.size(), 1);
    out.bytes += balances.bytes;
    for (auto const& top : transaction.instructions) write_group(transaction, top, out);
    write_logs(transaction, out);
    return out.bytes;
}

bool calls_program(solana::Transaction const& transaction, std::string_view address) {
    auto const is_called = [&](solana::Instruction const& instruction) {
        return transaction.program(instruction) == address;
    };
    auto const& top = transaction.instructions;
    auto const& inner = transaction.inner_instructions;
    return std::any_of(top.begin(), top.end(), is_called) ||
           std::any_of(inner.begin(), inner.end(), is_called);
}

}  // namespace indexer::fuzz
