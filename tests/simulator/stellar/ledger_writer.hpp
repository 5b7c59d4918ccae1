#pragma once

#include "tests/simulator/stellar/transaction_maker.hpp"

namespace indexer::simulator::stellar {

// StellarValueType, and the one behind the last that there is.
enum class ValueForm : std::uint32_t {
    plain = 1,           // signed
    dropped_set = 2,     // validators agreed on an empty set in the place of one they did not have
    plain_ms = 3,        // from protocol 30 on
    dropped_set_ms = 4,  // the same
    unheard_of = 5,
};

// What a header says, besides constants and what its transactions come to. Hashes are their 32
// bytes.
struct HeaderParts {
    std::uint32_t protocol = 0;
    std::uint32_t ledger = 0;
    std::uint64_t close_ms = 0;
    std::string previous_hash;
    std::string bucket_hash;       // made up, and of a fork another one
    std::uint32_t upgrade_to = 0;  // the protocol from here on; 0: as before
    ValueForm form = ValueForm::plain;
};

// A LedgerHeader.
[[nodiscard]] std::string write_header(HeaderParts const& parts,
                                       std::vector<MadeTransaction> const& transactions);

// A LedgerHeaderHistoryEntry around it.
[[nodiscard]] std::string write_header_entry(std::string const& header);

// A LedgerCloseMeta: version 2 from protocol 23 on, version 1 before.
[[nodiscard]] std::string write_ledger(HeaderParts const& parts, std::string const& header_entry,
                                       std::vector<MadeTransaction> const& transactions);

}  // namespace indexer::simulator::stellar
