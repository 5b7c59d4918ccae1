#include "tests/simulator/stellar/event_methods.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "stellar/hex.hpp"
#include "stellar/strkey.hpp"
#include "tests/simulator/encoding/bytes.hpp"
#include "tests/simulator/stellar/event_filter.hpp"
#include "tests/simulator/stellar/parameters.hpp"

namespace indexer::simulator::stellar {
namespace {

constexpr std::uint64_t kUsualLimit = 100;
constexpr std::uint64_t kMostEvents = 10'000;
constexpr std::uint64_t kMostLedgers = 10'000;
constexpr std::uint64_t kWithoutSuccess = 30;  // protocol
constexpr std::uint32_t kLastIndex = 4'294'967'295;

// An event's id, and a place between events.
struct EventId {
    std::uint64_t position = 0;
    std::uint32_t index = 0;

    [[nodiscard]] Slot ledger() const noexcept { return position >> 32U; }
    [[nodiscard]] std::string text() const { return fmt::format("{:019}-{:010}", position, index); }

    friend auto operator<=>(EventId const&, EventId const&) = default;
};

std::optional<EventId> parse_id(std::string const& text) {
    auto const dash = text.find('-');
    if (dash == std::string::npos) return std::nullopt;
    auto const position = parse_whole(text.substr(0, dash));
    auto const index = parse_whole(text.substr(dash + 1));
    if (!position || !index) return std::nullopt;
    return EventId{static_cast<std::uint64_t>(*position), static_cast<std::uint32_t>(*index)};
}

// What is asked for: events behind `after`, in ledgers before `end`.
struct Scan {
    EventId after;
    Slot first = 0;
    Slot end = 0;
    std::uint64_t limit = kUsualLimit;
    std::vector<EventFilter> filters;

    [[nodiscard]] bool wants(EventView const& event) const {
        if (EventId{event.position, event.index} <= after) return false;
        if (event.type == "diagnostic") return false;
        return filters.empty() || std::any_of(filters.begin(), filters.end(),
                                              [&](auto& f) { return f.matches(event); });
    }
};

void write_event(base::JsonWriter& json, LedgerView const& ledger, EventView const& event) {
    auto const& transaction = ledger.transactions[event.transaction];
    json.begin_object().member("type", event.type).member("ledger", std::uint64_t{ledger.seq});
    json.member("ledgerClosedAt",
                fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time_t{ledger.close_time})));
    json.member("contractId", event.contract.empty()
                                  ? std::string()
                                  : indexer::stellar::format_strkey(
                                        indexer::stellar::StrKeyKind::contract, event.contract));
    json.member("id", EventId{event.position, event.index}.text());
    json.member("operationIndex", event.position & 0xfffU);
    json.member("transactionIndex", (event.position & 0xffffffffU) >> 12U);
    json.member("txHash", indexer::stellar::hex(transaction.hash));
    if (ledger.protocol < kWithoutSuccess) {
        json.member("inSuccessfulContractCall", transaction.success);
    }
    if (!event.topics.empty()) {
        json.key("topic").begin_array();
        for (auto const topic : event.topics) json.value(base64(topic));
        json.end_array();
    }
    json.member("value", base64(event.value)).end_object();
}

// The cursor: behind the last event of a full page, else behind all that was looked at.
std::string write_page(base::JsonWriter& json, Node const& node, Scan const& scan) {
    auto left = scan.limit;
    for (Slot seq = scan.first; seq < scan.end; ++seq) {
        if (!node.ledgers().has(seq)) continue;
        auto const ledger = node.view(seq);
        for (EventView const& event : ledger->events) {
            if (!scan.wants(event)) continue;
            write_event(json, *ledger, event);
            if (--left == 0) return EventId{event.position, event.index}.text();
        }
    }
    return EventId{position(scan.end - 1, 1'048'575, 4'095), kLastIndex}.text();
}

std::optional<std::string> wrong_request(PageRequest const& request, Call const& call) {
    if (request.cursor && (request.start || request.end)) {
        return "ledger ranges and cursor cannot both be set";
    }
    if (!request.cursor && request.start.value_or(0) == 0) return "startLedger must be positive";
    if (request.limit.value_or(0) > kMostEvents) return "limit must not exceed 10000";
    return wrong_format(call);
}

std::string outside(Slot oldest, Slot latest) {
    return fmt::format("startLedger must be within the ledger range: {} - {}", oldest, latest);
}

}  // namespace

Answer get_events(Node const& node, Call const& call, Orders const& orders) {
    auto const oldest = node.oldest();
    auto const latest = node.latest(orders);
    auto const request = page_request(call);
    if (auto wrong = wrong_request(request, call)) return invalid_params(*std::move(wrong));
    std::optional<std::string> wrong;
    Scan scan;
    scan.filters = read_filters(call, wrong);
    if (wrong) return invalid_params(*std::move(wrong));
    scan.first = request.start.value_or(0);
    if (request.cursor) {
        auto const id = parse_id(*request.cursor);
        if (!id) return invalid_params("invalid event id " + *request.cursor);
        scan.after = *id;
        scan.first = id->ledger();
    }
    if (scan.first < oldest || scan.first > latest) {
        return Answer::error(-32600, outside(oldest, latest));
    }
    scan.end = std::min({request.end.value_or(latest + 1), latest + 1, scan.first + kMostLedgers});
    scan.limit = std::max<std::uint64_t>(request.limit.value_or(kUsualLimit), 1);
    base::JsonWriter json;
    json.begin_object().key("events").begin_array();
    auto const cursor = write_page(json, node, scan);
    json.end_array().member("cursor", cursor).member("latestLedger", latest);
    json.member("oldestLedger", oldest);
    json.member("latestLedgerCloseTime", std::to_string(node.close_time(latest)));
    json.member("oldestLedgerCloseTime", std::to_string(node.close_time(oldest))).end_object();
    return Answer::of(std::move(json).text());
}

}  // namespace indexer::simulator::stellar
