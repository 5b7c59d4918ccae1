#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/seq.hpp"
#include "stellar/xdr/decoder.hpp"

namespace indexer::stellar {

// An object of a data lake, uncompressed: the ledgers of a range. Source: SEP-54.
struct LedgerBatch {
    base::SeqRange range;
    std::vector<xdr::Value> ledgers;  // LedgerCloseMeta, one for each seq of the range, in order
};

// The values view `bytes` and `decoder`. Throws DecodeError, or base::Error (not understood) when
// the ledgers are not those the batch says it holds.
[[nodiscard]] LedgerBatch read_ledger_batch(xdr::Decoder& decoder, std::string_view bytes);

// A LedgerCloseMeta that was not decoded yet, and the seq it is said to be of.
struct PackedLedger {
    base::Seq seq;
    std::string_view bytes;
};

// What an object of a single ledger holds, as most lakes have them; nothing of another one.
[[nodiscard]] std::optional<PackedLedger> only_ledger(std::string_view bytes) noexcept;

// The LedgerHeaderHistoryEntry of a LedgerCloseMeta, and the seq it stands for.
[[nodiscard]] xdr::Value header_entry(xdr::Value const& ledger);
[[nodiscard]] base::Seq ledger_seq(xdr::Value const& ledger);

}  // namespace indexer::stellar
