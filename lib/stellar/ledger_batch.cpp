#include "stellar/ledger_batch.hpp"

#include <fmt/format.h>

#include "base/error.hpp"
#include "stellar/xdr/schema.hpp"
#include "stellar/xdr/wire.hpp"

namespace indexer::stellar {
namespace {

base::SeqRange range_of(xdr::Value const& batch) {
    return base::SeqRange::inclusive(base::Seq(batch["start_sequence"].natural()),
                                     base::Seq(batch["end_sequence"].natural()));
}

void require_ledgers(LedgerBatch const& batch) {
    auto expected = batch.range.begin;
    auto holds = !batch.range.empty() && batch.ledgers.size() == batch.range.size();
    for (auto const& ledger : batch.ledgers) {
        holds = holds && ledger_seq(ledger) == expected;
        expected = expected.next();
    }
    if (holds) return;
    throw base::Error(base::Fault::not_understood, base::Recovery::retry_elsewhere,
                      fmt::format("ledger batch: its ledgers are not {} to {}",
                                  batch.range.begin.value(), batch.range.end.value() - 1));
}

}  // namespace

LedgerBatch read_ledger_batch(xdr::Decoder& decoder, std::string_view bytes) {
    auto const value = decoder.decode(xdr::stellar_schema().type("LedgerCloseMetaBatch"), bytes);
    auto const ledgers = value["ledger_close_metas"];
    LedgerBatch batch{.range = range_of(value), .ledgers = {}};
    batch.ledgers.reserve(ledgers.size());
    for (auto const ledger : ledgers) batch.ledgers.push_back(ledger);
    require_ledgers(batch);
    return batch;
}

std::optional<PackedLedger> only_ledger(std::string_view bytes) noexcept {
    constexpr std::size_t kHead = 3 * xdr::kWord;  // first, last, how many
    if (bytes.size() < kHead) return std::nullopt;
    auto const word = [&](std::size_t n) { return xdr::load_u32(bytes.data() + n * xdr::kWord); };
    if (word(0) != word(1) || word(2) != 1) return std::nullopt;
    return PackedLedger{.seq = base::Seq(word(0)), .bytes = bytes.substr(kHead)};
}

xdr::Value header_entry(xdr::Value const& ledger) {
    return (*ledger.content())["ledger_header"];
}

base::Seq ledger_seq(xdr::Value const& ledger) {
    return base::Seq(header_entry(ledger)["header"]["ledger_seq"].natural());
}

}  // namespace indexer::stellar
