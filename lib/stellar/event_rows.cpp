#include <string>
#include <string_view>

#include "stellar/base64.hpp"
#include "stellar/rows.hpp"
#include "stellar/xdr/json.hpp"
#include "stellar/xdr/text.hpp"

namespace indexer::stellar {
namespace {

std::string base64_of(xdr::Value const& value) {
    std::string text;
    append_base64(text, value.wire());
    return text;
}

// ["AAAADw…","AAAAEg…"]
std::string base64_of_each(xdr::Value const& values) {
    std::string json = "[";
    for (auto const value : values) {
        json += json.size() == 1 ? "\"" : ",\"";
        append_base64(json, value.wire());
        json += '"';
    }
    return json + ']';
}

}  // namespace

std::optional<std::string> contract_of(xdr::Value const& event) {
    auto const contract = event["contract_id"].present();
    if (!contract) return std::nullopt;
    return xdr::text_of(*contract);
}

void append_event(LedgerHead const& head, Transaction const& transaction, Event const& event,
                  std::optional<std::string> const& contract, model::RowBatch& rows) {
    auto const body = *event.value["body"].content();
    auto const topics = body["topics"];
    auto const data = body["data"];
    rows.append(head.seq.value(), event.id, event.value["type"].member(), head.closed_at, contract,
                transaction.id, event.transaction, event.operation, event.index, event.stage,
                xdr::json_of(topics), xdr::json_of(data), base64_of_each(topics), base64_of(data),
                transaction.succeeded);
}

}  // namespace indexer::stellar
