#include "stellar/events/event_source.hpp"

#include <algorithm>
#include <unordered_set>

#include <simdjson.h>

#include "model/table_choice.hpp"
#include "stellar/events/event_decoder.hpp"
#include "stellar/events/gathered.hpp"
#include "stellar/tables.hpp"
#include "stellar/verdict.hpp"

namespace indexer::stellar {
namespace {

using base::Seq;
using base::SeqRange;

// There is no row of ledgers to be made: getEvents does not tell of headers.
Content without_ledgers(config::Stellar const& config) {
    auto content = content_of(config);
    std::erase(content.tables, &ledgers_table());
    return content;
}

std::vector<std::string> distinct_transactions(std::vector<ListedEvent> const& events) {
    std::vector<std::string> hashes;
    std::unordered_set<std::string_view> seen;
    for (ListedEvent const& event : events) {
        if (seen.insert(event.transaction).second) hashes.push_back(event.transaction);
    }
    return hashes;
}

// A transaction that cannot be read names no accounts; it becomes a dead letter when it is decoded.
std::vector<std::string> account_keys(std::vector<std::string> const& transactions) {
    std::vector<std::string> keys;
    simdjson::dom::parser parser;
    for (std::string const& json : transactions) {
        try {
            simdjson::dom::object const object = parser.parse(json);
            append_account_keys(GatheredTransaction(object), keys);
        } catch (base::Error const& error) {
            if (error.fault() != base::Fault::not_understood) throw;
        }
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

}  // namespace

EventSource::EventSource(rpc::Client& client, config::Options const& options, base::Clock& clock)
    : filters_(options.stellar),
      node_(client),
      event_node_(client, filters_.json(), options.pipeline.concurrency),
      clock_(clock),
      content_(without_ledgers(options.stellar)),
      part_(options.stellar) {
}

std::string EventSource::content() const {
    return std::string(kAskedFor) + filters_.name() + ": " + name_of(content_);
}

std::span<model::Table const* const> EventSource::tables() const noexcept {
    return content_.tables;
}

std::string EventSource::network(std::stop_token stop) {
    return node_.passphrase(std::move(stop));
}

Seq EventSource::tip(std::stop_token stop) {
    return node_.latest(std::move(stop));
}

std::vector<Seq> EventSource::tips(std::stop_token stop) {
    return node_.latest_of_each(std::move(stop));
}

Seq EventSource::first_available(std::stop_token stop) {
    return node_.oldest(std::move(stop));
}

std::vector<SeqRange> EventSource::parts(SeqRange range, std::stop_token /*stop*/) {
    return {range};
}

source::Answer EventSource::gather(SeqRange part, std::stop_token stop) {
    auto const started = clock_.now();
    auto listing = event_node_.events(part, stop);
    part.end = std::max(part.begin, listing.end);
    auto transactions = event_node_.transactions(distinct_transactions(listing.events), stop);
    EventNode::Texts entries;
    if (has_table(content_, account_entries_table())) {
        entries = event_node_.entries(account_keys(transactions.texts), stop);
    }
    auto body = base::body_of(gathered_json(listing.events, transactions.texts, entries.texts));
    for (auto* const memory : {&listing.memory, &transactions.memory, &entries.memory}) {
        body.memory().absorb(std::move(*memory));
    }
    source::Answer answer{part, std::move(body), listing.endpoint};
    if (!part.empty()) part_.served(part.size(), answer.body->size(), clock_.now() - started);
    return answer;
}

source::Fetched EventSource::fetch(SeqRange part, std::stop_token stop) {
    try {
        auto answer = gather(part, std::move(stop));
        if (!answer.part.empty()) return answer;
        return source::Unavailable{part, "getEvents: no such ledgers yet", answer.endpoint};
    } catch (rpc::Error const& error) {
        if (!says_out_of_range(error.what())) throw;
        return source::Unavailable{part, error.what(), error.endpoint()};
    }
}

std::vector<model::Block> EventSource::decode(source::Answer const& answer) const {
    return decode_gathered(*answer.body, answer.part, node_.passphrase({}), content_);
}

}  // namespace indexer::stellar
