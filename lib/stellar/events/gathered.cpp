#include "stellar/events/gathered.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/number.hpp"
#include "stellar/account_states.hpp"
#include "stellar/base64.hpp"
#include "stellar/strkey.hpp"
#include "stellar/xdr/wire.hpp"

namespace indexer::stellar {
namespace {

namespace dom = simdjson::dom;

base::Error not_understood(std::string const& what) {
    return {base::Fault::not_understood, base::Recovery::never, "stellar: " + what};
}

std::string text_at(dom::object const& json, char const* key) {
    std::string_view text;
    if (json[key].get(text) == simdjson::SUCCESS) return std::string(text);
    throw not_understood(fmt::format("no text where {} belongs", key));
}

std::int64_t number_at(dom::object const& json, char const* key) {
    std::int64_t number = 0;
    if (json[key].get(number) == simdjson::SUCCESS) return number;
    throw not_understood(fmt::format("no number where {} belongs", key));
}

// getTransaction writes it as text, getTransactions as a number.
std::int64_t time_at(dom::object const& json, char const* key) {
    std::string_view text;
    if (json[key].get(text) != simdjson::SUCCESS) return number_at(json, key);
    if (auto const time = base::whole_number<std::int64_t>(text)) return *time;
    throw not_understood(fmt::format("no time where {} belongs", key));
}

OwnedValue value_at(dom::object const& json, char const* key, std::string_view type) {
    return OwnedValue::from_base64(type, text_at(json, key));
}

void append_base64_at(std::string& bytes, std::string_view text) {
    std::string part;
    if (!decode_base64(text, part)) throw not_understood("not base64 in an event");
    bytes += part;
}

// The topics are left out when there are none.
std::string event_bytes(dom::object const& json) {
    std::string bytes;
    xdr::append_u32(bytes, 0);
    auto const contract = parse_strkey(text_at(json, "contractId"));
    xdr::append_u32(bytes, contract ? 1 : 0);
    if (contract) bytes += contract->payload;
    xdr::append_u32(bytes, text_at(json, "type") == "system" ? 0 : 1);
    xdr::append_u32(bytes, 0);
    dom::array topics;
    std::size_t const count = json["topic"].get(topics) == simdjson::SUCCESS ? topics.size() : 0;
    xdr::append_u32(bytes, static_cast<std::uint32_t>(count));
    for (std::size_t i = 0; i < count; ++i) append_base64_at(bytes, topics.at(i).get_string());
    append_base64_at(bytes, text_at(json, "value"));
    return bytes;
}

template <class Texts, class Text>
std::string list(Texts const& texts, Text text) {
    std::string json = "[";
    for (auto const& element : texts) {
        if (json.size() > 1) json += ',';
        json += text(element);
    }
    return json + ']';
}

std::string account_key(std::string_view key) {
    std::string wire;
    xdr::append_u32(wire, 0);  // LedgerEntryType: account
    xdr::append_u32(wire, 0);  // PublicKeyType: ed25519
    std::string text;
    append_base64(text, wire.append(key));
    return text;
}

void append_account(std::string_view address, std::vector<std::string>& keys) {
    if (auto const key = parse_strkey(address)) keys.push_back(account_key(key->payload));
}

void take_changes(AccountStates& states, xdr::Value const& meta) {
    auto const content = *meta.content();
    if (meta.discriminant() < 2) return;  // long before there were events
    states.take(content["tx_changes_before"]);
    for (auto const operation : content["operations"]) states.take(operation["changes"]);
    states.take(content["tx_changes_after"]);
}

}  // namespace

std::string gathered_json(std::vector<ListedEvent> const& events,
                          std::vector<std::string> const& transactions,
                          std::vector<std::string> const& entries) {
    auto const itself = [](std::string const& text) -> std::string const& { return text; };
    return fmt::format(R"({{"events":{},"transactions":{},"entries":{}}})",
                       list(events, [](ListedEvent const& event) { return event.json; }),
                       list(transactions, itself), list(entries, itself));
}

GatheredTransaction::GatheredTransaction(dom::object const& json)
    : hash_(text_at(json, "txHash")),
      ledger_(static_cast<std::uint64_t>(number_at(json, "ledger"))),
      closed_at_(time_at(json, "createdAt")),
      order_(static_cast<std::int32_t>(number_at(json, "applicationOrder"))),
      envelope_(value_at(json, "envelopeXdr", "TransactionEnvelope")),
      result_(value_at(json, "resultXdr", "TransactionResult")),
      meta_(value_at(json, "resultMetaXdr", "TransactionMeta")) {
}

Transaction GatheredTransaction::transaction() const {
    return read_transaction(order_, hash_, *envelope_, *result_);
}

GatheredEvent::GatheredEvent(dom::object const& json)
    : id_text_(text_at(json, "id")),
      id_(parse_event_id(id_text_)),
      transaction_(text_at(json, "txHash")),
      value_("ContractEvent", event_bytes(json)) {
}

Event GatheredEvent::event(std::int32_t application_order) const {
    Event event{.value = *value_,
                .id = id_text_,
                .transaction = application_order,
                .operation = std::nullopt,
                .index = static_cast<std::int32_t>(id_.index),
                .stage = std::nullopt};
    if (id_.transaction() == event_place::kBeforeTransactions) {
        event.stage = event_stage::kBeforeAll;
    } else if (id_.transaction() == event_place::kBehindTransactions) {
        event.stage = event_stage::kAfterAll;
    } else if (id_.operation() == event_place::kBehindOperations) {
        event.stage = event_stage::kAfterTransaction;
    } else {
        event.operation = static_cast<std::int32_t>(id_.operation());
    }
    return event;
}

OwnedValue gathered_entry(dom::object const& json) {
    std::string bytes;
    xdr::append_u32(bytes, static_cast<std::uint32_t>(number_at(json, "lastModifiedLedgerSeq")));
    append_base64_at(bytes, text_at(json, "xdr"));
    std::string_view extension;
    if (json["extXdr"].get(extension) == simdjson::SUCCESS) {
        append_base64_at(bytes, extension);
    } else {
        xdr::append_u32(bytes, 0);  // servers before 23 do not say
    }
    return {"LedgerEntry", std::move(bytes)};
}

void append_account_keys(GatheredTransaction const& gathered, std::vector<std::string>& keys) {
    auto const transaction = gathered.transaction();
    append_account(transaction.source.account, keys);
    if (transaction.fee_bump) {
        append_account(account_columns((*transaction.fee_bump)["fee_source"]).account, keys);
    }
    AccountStates states;
    take_changes(states, gathered.meta());
    for (auto const& [key, state] : states.states()) keys.push_back(account_key(key));
}

}  // namespace indexer::stellar
