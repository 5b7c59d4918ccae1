#include "tests/simulator/stellar/ledger_methods.hpp"

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "stellar/hex.hpp"
#include "tests/simulator/encoding/bytes.hpp"
#include "tests/simulator/stellar/parameters.hpp"

namespace indexer::simulator::stellar {
namespace {

constexpr std::uint64_t kUsualLimit = 50;

// A ledger that no decoder knows: of a version that does not exist, or with bytes behind it.
std::string poisoned(Node const& node, Slot seq, Orders const& orders) {
    auto const head = node.ledgers().head(seq, orders.fork);
    auto meta = node.ledgers().meta(seq, orders.fork);
    if (orders.trailing_bytes == 0) meta[3] = 99;
    meta.append(orders.trailing_bytes, '\0');
    base::JsonWriter json;
    json.begin_object().member("hash", indexer::stellar::hex(head.hash()));
    json.member("sequence", seq).member("ledgerCloseTime", std::to_string(head.close_time));
    json.member("headerXdr", base64(head.entry)).member("metadataXdr", base64(meta)).end_object();
    return std::move(json).text();
}

Text ledger(Node const& node, Slot seq, Orders const& orders) {
    if (orders.poison && orders.poison->contains(seq)) return poisoned(node, seq, orders);
    return node.listing(seq, orders.fork);
}

// Consecutive ledgers; a recording may have fewer of them than the window says.
std::vector<Text> page(Node const& node, Slot first, Slot latest, std::uint64_t limit,
                       Orders const& orders) {
    std::vector<Text> parts;
    for (Slot seq = first; seq <= latest && seq - first < limit; ++seq) {
        if (!node.ledgers().has(seq)) break;
        if (orders.omit && orders.omit->contains(seq)) continue;
        if (!parts.empty()) parts.emplace_back(",");
        parts.push_back(ledger(node, seq, orders));
    }
    return parts;
}

std::string tail(Node const& node, Slot oldest, Slot latest, Slot cursor) {
    return fmt::format(R"(],"latestLedger":{},"latestLedgerCloseTime":{},"oldestLedger":{},)"
                       R"("oldestLedgerCloseTime":{},"cursor":"{}"}})",
                       latest, node.close_time(latest), oldest, node.close_time(oldest), cursor);
}

}  // namespace

Answer get_ledgers(Node const& node, Call const& call, Orders const& orders) {
    auto const oldest = node.oldest();
    auto const latest = node.latest(orders);
    auto const request = page_request(call);
    if (auto refused = refuse_page(request, call, oldest, latest)) return *std::move(refused);
    Slot first = request.start.value_or(0);
    if (request.cursor) {
        auto const cursor = parse_whole(*request.cursor);
        if (!cursor) return invalid_params("invalid cursor: " + *request.cursor);
        first = static_cast<Slot>(*cursor) + 1;
        if (first < oldest || first > latest) {
            return invalid_params(
                fmt::format("cursor ('{}') must be between the oldest ledger: {} and the latest "
                            "ledger: {} for this rpc instance",
                            *cursor, oldest, latest));
        }
    }
    if (!node.ledgers().has(first)) {
        return Answer::error(-32603, fmt::format("ledger {} not found", first));
    }
    auto const limit = request.limit.value_or(kUsualLimit);
    auto parts = page(node, first, latest, limit == 0 ? kUsualLimit : limit, orders);
    auto const listed = parts.empty() ? 0 : parts.size() / 2 + 1;
    parts.insert(parts.begin(), Text(R"({"ledgers":[)"));
    parts.emplace_back(tail(node, oldest, latest, first + listed - 1));
    return Answer::of(Text::join(std::move(parts)));
}

}  // namespace indexer::simulator::stellar
