#pragma once

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

// The LedgerHeaderHistoryEntry of a LedgerCloseMeta, and the seq it stands for.
[[nodiscard]] xdr::Value header_entry(xdr::Value const& ledger);
[[nodiscard]] base::Seq ledger_seq(xdr::Value const& ledger);

}  // namespace indexer::stellar
