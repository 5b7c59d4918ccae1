#include "stellar/events/recount.hpp"

#include <array>
#include <optional>
#include <string_view>

#include <simdjson.h>

#include "base/error.hpp"
#include "sql/statements.hpp"

namespace indexer::stellar {
namespace {

namespace dom = simdjson::dom;

using model::ColumnSpec;
using model::ColumnType;

constexpr std::array kColumns{
    ColumnSpec{"ledger", ColumnType::int8},
    ColumnSpec{"id", ColumnType::text},
    ColumnSpec{"type", ColumnType::text},
    ColumnSpec{"contract_id", ColumnType::text},
    ColumnSpec{"tx_hash", ColumnType::text},
    ColumnSpec{"topics_xdr", ColumnType::jsonb},
    ColumnSpec{"value_xdr", ColumnType::text},
    ColumnSpec{"in_successful_contract_call", ColumnType::boolean},
};

constexpr model::Table kTold{"getEvents", kColumns, 2, {}};

std::string_view text_in(dom::object const& json, char const* key) {
    return json[key].get_string();
}

// Servers from protocol 30 on do not tell.
std::optional<bool> success_in(dom::object const& json) {
    bool succeeded = false;
    auto const failed = json["inSuccessfulContractCall"].get(succeeded);
    if (failed == simdjson::NO_SUCH_FIELD) return std::nullopt;
    if (failed != simdjson::SUCCESS) throw simdjson::simdjson_error(failed);
    return succeeded;
}

void append(dom::object const& json, ListedEvent const& event, model::RowBatch& rows) {
    auto const type = text_in(json, "type");
    if (type == "diagnostic") return;
    auto const contract = text_in(json, "contractId");
    dom::element topics;
    bool const has_topics = json["topic"].get(topics) == simdjson::SUCCESS;
    rows.append(event.id.ledger().value(), text_in(json, "id"), type,
                contract.empty() ? std::nullopt : std::optional(contract),
                std::string_view(event.transaction),
                has_topics ? simdjson::minify(topics) : std::string("[]"), text_in(json, "value"),
                success_in(json));
}

}  // namespace

source::Recount recount_of(base::SeqRange part, std::vector<ListedEvent> const& events) {
    source::Recount told{part, model::RowBatch(kTold), sql::stellar::compare_events};
    dom::parser parser;
    try {
        for (ListedEvent const& event : events) {
            append(parser.parse(event.json).get_object(), event, told.rows);
        }
    } catch (simdjson::simdjson_error const& error) {
        throw base::Error(base::Fault::not_understood, base::Recovery::never,
                          std::string("stellar: getEvents: ") + error.what());
    }
    return told;
}

}  // namespace indexer::stellar
