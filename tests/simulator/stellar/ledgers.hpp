#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/simulator/history/extent.hpp"

namespace indexer::simulator::stellar {

// What identifies a ledger; hashes are their 32 bytes.
struct LedgerHead {
    std::string entry;  // LedgerHeaderHistoryEntry
    std::int64_t close_time = 0;
    std::uint64_t protocol = 0;

    // The entry is the hash, the header and an extension that is nothing.
    [[nodiscard]] std::string_view hash() const { return std::string_view(entry).substr(0, 32); }
    [[nodiscard]] std::string_view header() const {
        return std::string_view(entry).substr(32, entry.size() - 36);
    }
};

// What a Stellar server has to tell about its chain: whole ledgers. A fork is another chain over
// the same seqs, to lie with; 0 is the true one. Safe for concurrent use.
class Ledgers : public Extent {
  public:
    // The LedgerCloseMeta's XDR. Requires: has(seq).
    [[nodiscard]] virtual std::string meta(Slot seq, unsigned fork) const = 0;

    // Requires: has(seq).
    [[nodiscard]] virtual LedgerHead head(Slot seq, unsigned fork) const = 0;

    [[nodiscard]] virtual std::string const& passphrase() const = 0;
};

}  // namespace indexer::simulator::stellar
