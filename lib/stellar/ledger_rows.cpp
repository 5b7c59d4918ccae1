#include <optional>
#include <string>

#include "stellar/rows.hpp"
#include "stellar/tables.hpp"
#include "stellar/xdr/json.hpp"

namespace indexer::stellar {
namespace {

std::optional<model::Numeric> state_bytes(xdr::Value const& contents) {
    if (contents.type().name == "LedgerCloseMetaV0") return std::nullopt;
    return model::Numeric{.magnitude = contents["total_byte_size_of_live_soroban_state"].natural()};
}

// Those that took effect, each decoded; the header keeps them as bytes that validators agreed on.
std::optional<std::string> upgrades_json(xdr::Value const& contents) {
    auto const upgrades = contents["upgrades_processing"];
    if (upgrades.size() == 0) return std::nullopt;
    std::string json;
    for (auto const upgrade : upgrades) {
        json += json.empty() ? '[' : ',';
        xdr::append_json(json, upgrade["upgrade"]);
    }
    return json + ']';
}

}  // namespace

void append_ledger(LedgerHead const& head, LedgerTotals const& totals, xdr::Value const& contents,
                   model::RowBatch& rows) {
    auto const& header = head.header;
    rows.append(head.seq.value(), head.hash, head.previous_hash, head.closed_at,
                header["ledger_version"].natural(), totals.transactions, totals.failed,
                totals.operations, totals.fee_charged, header["total_coins"].integer(),
                header["fee_pool"].integer(), header["base_fee"].natural(),
                header["base_reserve"].natural(), header["max_tx_set_size"].natural(),
                state_bytes(contents), upgrades_json(contents), kDecoderVersion, head.closed_ms,
                totals.classic_events);
}

}  // namespace indexer::stellar
