#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/seq.hpp"
#include "stellar/xdr/value.hpp"

namespace indexer::stellar {

// What every row of a ledger needs to know of it.
struct LedgerHead {
    base::Seq seq;
    std::int64_t closed_at;     // seconds since 1970; that of the ledger before may be the same
    std::string hash;           // hex
    std::string previous_hash;  // hex
    xdr::Value header;          // LedgerHeader
    // The same in milliseconds; protocols before 30 do not say.
    std::optional<std::int64_t> closed_ms{};
};

// Of what LedgerCloseMeta of any version holds. Throws base::Error with Fault::not_understood when
// the hash is not that of the header.
[[nodiscard]] LedgerHead read_head(xdr::Value const& contents);

// What became of the transactions of a ledger.
struct LedgerTotals {
    std::int32_t transactions = 0;
    std::int32_t failed = 0;
    std::int32_t operations = 0;
    std::int64_t fee_charged = 0;
    std::optional<bool> classic_events{};  // FeeEvents::emitted
};

}  // namespace indexer::stellar
