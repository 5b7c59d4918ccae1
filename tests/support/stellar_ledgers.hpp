#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace indexer::test {

// The LedgerCloseMeta (version 1) of a ledger without transactions, made by hand; ledgers of
// neighbouring seqs link. `upgrade` is the LedgerUpgrade's type, a new base fee by default; another
// than Stellar knows makes it a ledger that cannot be decoded.
[[nodiscard]] std::string empty_ledger(std::uint32_t seq, std::uint32_t upgrade = 2);

// One of getLedgers' "ledgers".
[[nodiscard]] std::string ledger_json(std::uint32_t seq, std::string_view metadata);

[[nodiscard]] std::string to_base64(std::string_view bytes);

}  // namespace indexer::test
