#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace indexer::simulator::stellar {

// An entry as getLedgerEntries tells of it.
struct EntryState {
    std::string data;  // LedgerEntryData
    std::string ext;   // LedgerEntryExt
    std::uint64_t last_modified = 0;
    std::optional<std::uint64_t> live_until;  // of contract data and code
};

// What the changes of ledgers, one after the other, leave behind. Not safe for concurrent use.
class EntryStates {
  public:
    // The next ledger, the XDR of a LedgerCloseMeta: its fees first, then its transactions, then
    // refunds and upgrades, as stellar-core applies them.
    void apply(std::string const& meta);

    // By the XDR of a LedgerKey; nothing when there is no such entry.
    [[nodiscard]] std::optional<EntryState> find(std::string const& key) const;

  private:
    std::map<std::string, EntryState> entries_;
    std::map<std::string, std::uint64_t> live_until_;  // by the hash of the key
};

}  // namespace indexer::simulator::stellar
