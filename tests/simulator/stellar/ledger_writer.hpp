#pragma once

#include "tests/simulator/stellar/transaction_maker.hpp"

namespace indexer::simulator::stellar {

// What a header says, besides constants. Hashes are their 32 bytes.
struct HeaderParts {
    std::uint32_t protocol = 0;
    std::uint32_t ledger = 0;
    std::uint64_t close_time = 0;
    std::string previous_hash;
    std::string set_hash;          // of the transactions, or so it says
    std::uint32_t upgrade_to = 0;  // the protocol from here on; 0: as before
};

// A LedgerHeader.
[[nodiscard]] std::string write_header(HeaderParts const& parts);

// A LedgerHeaderHistoryEntry around it.
[[nodiscard]] std::string write_header_entry(std::string const& header);

// A LedgerCloseMeta: version 2 from protocol 23 on, version 1 before.
[[nodiscard]] std::string write_ledger(HeaderParts const& parts, std::string const& header_entry,
                                       std::vector<MadeTransaction> const& transactions);

}  // namespace indexer::simulator::stellar
