#include "stellar/ledger_view.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "stellar/hex.hpp"
#include "stellar/identity.hpp"

namespace indexer::stellar {
namespace {

std::optional<std::int64_t> closed_ms(xdr::Value const& value) {
    auto const more = value["ext"];
    for (auto const* const arm : {"signed_ms", "empty_tx_set_ms"}) {
        auto const said = more.when(arm);
        if (said) return static_cast<std::int64_t>((*said)["close_time_ms"].natural());
    }
    return std::nullopt;
}

}  // namespace

LedgerHead read_head(xdr::Value const& contents) {
    auto const entry = contents["ledger_header"];
    auto const header = entry["header"];
    LedgerHead head{
        .seq = base::Seq(header["ledger_seq"].natural()),
        .closed_at = static_cast<std::int64_t>(header["scp_value"]["close_time"].natural()),
        .hash = hex(entry["hash"].bytes()),
        .previous_hash = hex(header["previous_ledger_hash"].bytes()),
        .header = header,
        .closed_ms = closed_ms(header["scp_value"])};
    if (ledger_hash(header).bytes() == entry["hash"].bytes()) return head;
    throw base::Error(
        base::Fault::not_understood, base::Recovery::retry_elsewhere,
        fmt::format("stellar: ledger {}: its hash is not that of its header", head.seq.value()));
}

}  // namespace indexer::stellar
