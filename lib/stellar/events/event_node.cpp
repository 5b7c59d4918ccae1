#include "stellar/events/event_node.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "rpc/result.hpp"
#include "stellar/verdict.hpp"

namespace indexer::stellar {
namespace {

using base::Seq;
using base::SeqRange;

// Servers allow 10,000; a thousand are half a megabyte.
constexpr std::uint64_t kEventsPerPage = 1'000;
constexpr std::size_t kKeysPerCall = 200;  // most that servers take

// A page is parsed to a tape of 16 bytes for as little as two.
constexpr std::size_t kCopiesToRead = 14;

// Behind every event of the range.
EventId end_of(SeqRange range) {
    return {(range.last().value() << 32U) | 0xffffffffU, 0xffffffffU};
}

std::string keys_json(std::vector<std::string> const& keys, std::size_t first) {
    base::JsonWriter json;
    json.begin_object().key("keys").begin_array();
    auto const end = std::min(keys.size(), first + kKeysPerCall);
    for (std::size_t i = first; i < end; ++i) json.value(keys[i]);
    json.end_array().member("xdrFormat", "base64").end_object();
    return std::move(json).text();
}

std::string known_transaction(rpc::Response const& response) {
    auto const status = rpc::read_result(response, "stellar", [](auto& document) {
        return std::string(std::string_view(document["status"].get_string()));
    });
    if (status != "NOT_FOUND") return std::string(response.result());
    throw rpc::unexpected(response, "stellar",
                          "getTransaction: a transaction with events is not found");
}

void append_entries(rpc::Response const& response, std::vector<std::string>& entries) {
    rpc::read_result(response, "stellar", [&](auto& document) {
        for (simdjson::ondemand::object entry : document["entries"].get_array()) {
            entries.emplace_back(entry.raw_json().value());
        }
        return 0;
    });
}

}  // namespace

EventNode::EventNode(rpc::Client& client, std::string filters, unsigned at_once)
    : client_(client), filters_(std::move(filters)), pool_(client, at_once) {
}

std::string EventNode::first_page(SeqRange range) const {
    return fmt::format(
        R"({{"startLedger":{},"endLedger":{},"filters":{},"pagination":{{"limit":{}}},)"
        R"("xdrFormat":"base64"}})",
        range.begin.value(), range.end.value(), filters_, kEventsPerPage);
}

// A cursor goes on without an end.
std::string EventNode::next_page(std::string const& cursor) const {
    return fmt::format(
        R"({{"filters":{},"pagination":{{"cursor":"{}","limit":{}}},"xdrFormat":"base64"}})",
        filters_, cursor, kEventsPerPage);
}

EventPage EventNode::page(std::string const& params, Listing& listing, std::stop_token stop) {
    auto response = client_.call("getEvents", params, std::move(stop), verdict);
    listing.endpoint = response.endpoint;
    response.body.count(kCopiesToRead * response.body->size());
    auto page = read_event_page(response);
    listing.memory.absorb(std::move(response.body.memory()));
    return page;
}

EventNode::Listing EventNode::events(SeqRange range, std::stop_token stop) {
    Listing listing{.events = {}, .end = range.end, .endpoint = {}, .memory = {}};
    auto const end = end_of(range);
    EventId reached;
    for (auto params = first_page(range);;) {
        auto next = page(params, listing, stop);
        auto const full = next.events.size() >= kEventsPerPage;
        for (ListedEvent& event : next.events) {
            if (event.id <= end && event.id > reached) listing.events.push_back(std::move(event));
        }
        if (next.reached >= EventId{end.position, 0}) return listing;
        // A server that is behind looks no further than its newest ledger.
        if (next.reached <= reached || (!full && next.reached.ledger() >= next.latest)) {
            listing.end = std::min(range.end, next.latest.next());
            return listing;
        }
        reached = next.reached;
        params = next_page(next.cursor);
    }
}

EventNode::Texts EventNode::transactions(std::vector<std::string> const& hashes,
                                         std::stop_token stop) {
    std::vector<std::string> params;
    for (std::string const& hash : hashes) {
        params.push_back(fmt::format(R"({{"hash":"{}","xdrFormat":"base64"}})", hash));
    }
    Texts results;
    for (auto& response : pool_.call_all("getTransaction", params, std::move(stop), verdict)) {
        results.texts.push_back(known_transaction(response));
        results.memory.absorb(std::move(response.body.memory()));
    }
    return results;
}

EventNode::Texts EventNode::entries(std::vector<std::string> const& keys, std::stop_token stop) {
    std::vector<std::string> params;
    for (std::size_t i = 0; i < keys.size(); i += kKeysPerCall)
        params.push_back(keys_json(keys, i));
    Texts entries;
    for (auto& response : pool_.call_all("getLedgerEntries", params, std::move(stop), verdict)) {
        append_entries(response, entries.texts);
        entries.memory.absorb(std::move(response.body.memory()));
    }
    return entries;
}

}  // namespace indexer::stellar
