#include "tests/simulator/stellar/transaction_methods.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "stellar/hex.hpp"
#include "tests/simulator/encoding/bytes.hpp"
#include "tests/simulator/stellar/parameters.hpp"

namespace indexer::simulator::stellar {
namespace {

using base::JsonWriter;

constexpr std::uint64_t kUsualLimit = 50;
constexpr std::size_t kHashDigits = 64;

void write_list(JsonWriter& json, std::vector<std::string_view> const& values) {
    json.begin_array();
    for (auto const value : values) json.value(base64(value));
    json.end_array();
}

void write_events(JsonWriter& json, TransactionView const& transaction) {
    json.key("events").begin_object();
    if (!transaction.transaction_events.empty()) {
        json.key("transactionEventsXdr");
        write_list(json, transaction.transaction_events);
    }
    if (!transaction.contract_events.empty()) {
        json.key("contractEventsXdr").begin_array();
        for (auto const& list : transaction.contract_events) write_list(json, list);
        json.end_array();
    }
    json.end_object();
}

// The members all answers about a transaction have; `hash` is the one asked for.
void write_transaction(JsonWriter& json, LedgerView const& ledger, std::size_t index,
                       std::string const& hash) {
    auto const& transaction = ledger.transactions[index];
    json.member("status", transaction.success ? "SUCCESS" : "FAILED").member("txHash", hash);
    json.member("applicationOrder", std::uint64_t{index + 1});
    json.member("feeBump", !transaction.inner_hash.empty());
    json.member("envelopeXdr", base64(transaction.envelope));
    json.member("resultXdr", base64(transaction.result));
    json.member("resultMetaXdr", base64(transaction.meta));
    if (!transaction.diagnostic_events.empty()) {
        json.key("diagnosticEventsXdr");
        write_list(json, transaction.diagnostic_events);
    }
    write_events(json, transaction);
    json.member("ledger", std::uint64_t{ledger.seq});
}

void write_not_found(JsonWriter& json, std::string const& hash) {
    json.member("status", "NOT_FOUND").member("txHash", hash).member("applicationOrder", 0);
    json.member("feeBump", false).key("events").begin_object().end_object();
    json.member("ledger", 0).member("createdAt", "0");
}

std::optional<std::string> wrong_hash(std::string const& hash) {
    if (hash.size() != kHashDigits) return fmt::format("unexpected hash length ({})", hash.size());
    auto const at = hash.find_first_not_of("0123456789abcdefABCDEF");
    if (at == std::string::npos) return std::nullopt;
    return fmt::format("incorrect hash: encoding/hex: invalid byte: U+{:04X} '{}'",
                       static_cast<unsigned>(hash[at]), hash[at]);
}

std::string unhex(std::string const& digits) {
    std::string bytes;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
    }
    return bytes;
}

// Where a page begins.
struct Start {
    Slot ledger = 0;
    std::size_t index = 0;
};

Start behind(std::int64_t cursor) {
    auto const place = static_cast<std::uint64_t>(cursor);
    return {place >> 32U, (place & 0xffffffffU) >> 12U};
}

// Up to `limit` transactions, and the place behind the last of them; 0: there was none.
std::uint64_t write_page(JsonWriter& json, Node const& node, Start start, Slot latest,
                         std::uint64_t limit) {
    std::uint64_t last = 0;
    for (; start.ledger <= latest && limit > 0; start = {start.ledger + 1, 0}) {
        if (!node.ledgers().has(start.ledger)) continue;
        auto const ledger = node.view(start.ledger);
        for (; start.index < ledger->transactions.size() && limit > 0; ++start.index, --limit) {
            json.begin_object();
            auto const hash = indexer::stellar::hex(ledger->transactions[start.index].hash);
            write_transaction(json, *ledger, start.index, hash);
            json.member("createdAt", ledger->close_time).end_object();
            last = position(start.ledger, start.index + 1, 1);
        }
    }
    return last;
}

}  // namespace

Answer get_transaction(Node const& node, Call const& call, Orders const& orders) {
    std::string_view text;
    if (!call.named || (*call.named)["hash"].get(text) != simdjson::SUCCESS) text = "";
    std::string const hash(text);
    if (auto wrong = wrong_format(call)) return invalid_params(*std::move(wrong));
    if (auto wrong = wrong_hash(hash)) return invalid_params(*std::move(wrong));
    auto const latest = node.latest(orders);
    auto const oldest = node.oldest();
    JsonWriter json;
    json.begin_object().member("latestLedger", latest);
    json.member("latestLedgerCloseTime", std::to_string(node.close_time(latest)));
    json.member("oldestLedger", oldest);
    json.member("oldestLedgerCloseTime", std::to_string(node.close_time(oldest)));
    auto const place = node.find(unhex(hash), latest);
    if (!place || place->ledger < oldest) {
        write_not_found(json, hash);
    } else {
        auto const ledger = node.view(place->ledger);
        write_transaction(json, *ledger, place->index, hash);
        json.member("createdAt", std::to_string(ledger->close_time));
    }
    json.end_object();
    return Answer::of(std::move(json).text());
}

Answer get_transactions(Node const& node, Call const& call, Orders const& orders) {
    auto const oldest = node.oldest();
    auto const latest = node.latest(orders);
    auto const request = page_request(call);
    if (auto refused = refuse_page(request, call, oldest, latest)) return *std::move(refused);
    Start start{request.start.value_or(0), 0};
    if (request.cursor) {
        auto const cursor = parse_whole(*request.cursor);
        if (!cursor) {
            return invalid_params(
                fmt::format("strconv.ParseInt: parsing \"{}\": invalid syntax", *request.cursor));
        }
        start = behind(*cursor);
        if (start.ledger < oldest) {
            return invalid_params(
                fmt::format("database does not contain metadata for ledger: {}", start.ledger));
        }
    }
    JsonWriter json;
    json.begin_object().key("transactions").begin_array();
    auto const limit = std::max<std::uint64_t>(request.limit.value_or(kUsualLimit), 1);
    auto last = write_page(json, node, start, latest, limit);
    // An empty page names the start of the latest ledger; one ahead of the node names nothing.
    if (last == 0 && start.ledger <= latest) last = position(latest, 0, 1);
    json.end_array().member("latestLedger", latest);
    json.member("latestLedgerCloseTimestamp", node.close_time(latest));
    json.member("oldestLedger", oldest);
    json.member("oldestLedgerCloseTimestamp", node.close_time(oldest));
    json.member("cursor", std::to_string(last)).end_object();
    return Answer::of(std::move(json).text());
}

}  // namespace indexer::simulator::stellar
