#include "tests/simulator/stellar/methods.hpp"

#include <algorithm>
#include <array>

#include "base/json_writer.hpp"
#include "stellar/hex.hpp"
#include "tests/simulator/encoding/bytes.hpp"
#include "tests/simulator/stellar/entry_methods.hpp"
#include "tests/simulator/stellar/event_methods.hpp"
#include "tests/simulator/stellar/ledger_methods.hpp"
#include "tests/simulator/stellar/parameters.hpp"
#include "tests/simulator/stellar/transaction_methods.hpp"

namespace indexer::simulator::stellar {
namespace {

constexpr std::uint64_t kUsualRetention = 120'960;

Answer get_health(Node const& node, Call const&, Orders const& orders) {
    auto const latest = node.latest(orders);
    auto const oldest = node.oldest();
    base::JsonWriter json;
    json.begin_object().member("status", "healthy").member("latestLedger", latest);
    json.member("latestLedgerCloseTime", std::to_string(node.close_time(latest)));
    json.member("oldestLedger", oldest);
    json.member("oldestLedgerCloseTime", std::to_string(node.close_time(oldest)));
    json.member("ledgerRetentionWindow", kUsualRetention).end_object();
    return Answer::of(std::move(json).text());
}

Answer get_network(Node const& node, Call const&, Orders const& orders) {
    base::JsonWriter json;
    json.begin_object().member("passphrase", node.ledgers().passphrase());
    json.member("protocolVersion", node.ledgers().head(node.latest(orders), 0).protocol);
    json.end_object();
    return Answer::of(std::move(json).text());
}

Answer get_version_info(Node const& node, Call const&, Orders const& orders) {
    base::JsonWriter json;
    json.begin_object();
    json.member("version", node.software() + "-41b2f0ff827b5036d756f227c7977b59d860d333");
    json.member("commitHash", "41b2f0ff827b5036d756f227c7977b59d860d333");
    json.member("buildTimestamp", "2026-08-06T22:46:35");
    json.member("captiveCoreVersion", "stellar-core 28.0.0");
    json.member("protocolVersion", node.ledgers().head(node.latest(orders), 0).protocol);
    json.end_object();
    return Answer::of(std::move(json).text());
}

Answer get_latest_ledger(Node const& node, Call const&, Orders const& orders) {
    auto const latest = node.latest(orders);
    auto const head = node.ledgers().head(latest, 0);
    base::JsonWriter json;
    json.begin_object().member("id", indexer::stellar::hex(head.hash()));
    json.member("protocolVersion", head.protocol).member("sequence", latest);
    json.member("closeTime", std::to_string(head.close_time));
    json.member("headerXdr", base64(head.header()));
    json.member("metadataXdr", base64(node.ledgers().meta(latest, 0))).end_object();
    return Answer::of(std::move(json).text());
}

struct Method {
    std::string_view name;
    Answer (*run)(Node const&, Call const&, Orders const&);
};

constexpr std::array kMethods{
    Method{"getEvents", get_events},
    Method{"getHealth", get_health},
    Method{"getLatestLedger", get_latest_ledger},
    Method{"getLedgerEntries", get_ledger_entries},
    Method{"getLedgers", get_ledgers},
    Method{"getNetwork", get_network},
    Method{"getTransaction", get_transaction},
    Method{"getTransactions", get_transactions},
    Method{"getVersionInfo", get_version_info},
};

}  // namespace

Answer answer_by_method(Node const& node, Call const& call, Orders const& orders) {
    if (orders.instead) return *orders.instead;
    if (call.method.empty()) return Answer::error(-32600, "Invalid Request");
    if (call.params) return invalid_params("invalid parameters: array, object expected");
    auto const* const found =
        std::find_if(kMethods.begin(), kMethods.end(),
                     [&](Method const& method) { return method.name == call.method; });
    if (found == kMethods.end()) return Answer::error(-32601, "method not found");
    return found->run(node, call, orders);
}

}  // namespace indexer::simulator::stellar
