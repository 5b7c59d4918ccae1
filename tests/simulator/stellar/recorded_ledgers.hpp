#pragma once

#include <filesystem>
#include <map>

#include "tests/simulator/stellar/ledgers.hpp"

namespace indexer::simulator::stellar {

// Real ledgers from files: <network>-*.xdr and .xdr.gz of a folder, or one file. A file holds a
// LedgerCloseMeta, a LedgerCloseMetaBatch, or a stream of LedgerCloseMetas with record marks.
class RecordedLedgers final : public Ledgers {
  public:
    // Throws base::Error when there is no ledger.
    RecordedLedgers(std::filesystem::path const& place, std::string const& network,
                    std::string passphrase);

    [[nodiscard]] Slot first() const override { return ledgers_.begin()->first; }
    [[nodiscard]] Slot last() const override { return ledgers_.rbegin()->first; }
    [[nodiscard]] bool has(Slot seq) const override { return ledgers_.contains(seq); }
    [[nodiscard]] Slot at_or_before(Slot seq) const override;
    [[nodiscard]] std::optional<Slot> at_or_after(Slot seq) const override;
    // Nobody recorded a fork: it is ignored.
    [[nodiscard]] std::string meta(Slot seq, unsigned) const override { return ledgers_.at(seq); }
    [[nodiscard]] LedgerHead head(Slot seq, unsigned) const override { return heads_.at(seq); }
    [[nodiscard]] std::string const& passphrase() const override { return passphrase_; }

  private:
    void load(std::filesystem::path const& file);

    std::map<Slot, std::string> ledgers_;
    std::map<Slot, LedgerHead> heads_;
    std::string const passphrase_;
};

}  // namespace indexer::simulator::stellar
