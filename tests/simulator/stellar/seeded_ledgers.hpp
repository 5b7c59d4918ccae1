#pragma once

#include <map>
#include <mutex>
#include <set>
#include <vector>

#include "stellar/hash.hpp"
#include "tests/simulator/stellar/ledger_writer.hpp"
#include "tests/simulator/stellar/ledgers.hpp"

namespace indexer::simulator::stellar {

struct SeededOptions {
    std::uint64_t seed = 1;
    Slot first = 1'000;
    std::uint64_t count = 1'000;
    std::optional<Slot> upgrade{};  // the last ledger of protocol 22; default: an eighth of them
    std::optional<Slot> milliseconds{};  // the last one of protocol 26, before 30; default: none
    std::uint32_t newest_protocol = 30;  // the one behind that
    std::set<Slot> dropped_sets{};       // ledgers whose set of transactions was dropped
    std::set<Slot> unheard_of{};         // ledgers whose header has an arm that nobody knows
    TransactionMixture mixture{};
};

// A made-up chain, the same for the same options. What a ledger holds is a pure function of the
// seed and its seq; its hash is that of its header, which names the hash of the one before, so
// headers are written from the first one on, once. Safe for concurrent use.
class SeededLedgers final : public Ledgers {
  public:
    SeededLedgers(SeededOptions const& options, std::string passphrase);

    [[nodiscard]] Slot first() const override { return options_.first; }
    [[nodiscard]] Slot last() const override { return options_.first + options_.count - 1; }
    [[nodiscard]] bool has(Slot seq) const override { return first() <= seq && seq <= last(); }
    [[nodiscard]] Slot at_or_before(Slot seq) const override;
    [[nodiscard]] std::optional<Slot> at_or_after(Slot seq) const override;
    [[nodiscard]] std::string meta(Slot seq, unsigned fork) const override;
    [[nodiscard]] LedgerHead head(Slot seq, unsigned fork) const override;
    [[nodiscard]] std::string const& passphrase() const override { return passphrase_; }

  private:
    [[nodiscard]] std::uint32_t protocol(Slot seq) const;
    [[nodiscard]] std::uint64_t close_ms(Slot seq) const;
    [[nodiscard]] ValueForm form(Slot seq) const;
    [[nodiscard]] std::vector<MadeTransaction> transactions(Slot seq) const;
    [[nodiscard]] HeaderParts parts(Slot seq, unsigned fork, std::string previous_hash) const;
    [[nodiscard]] std::string hash_before(Slot seq, unsigned fork) const;

    SeededOptions const options_;
    std::string const passphrase_;
    indexer::stellar::Hash const network_;
    mutable std::mutex mutex_;
    mutable std::map<unsigned, std::vector<std::string>> hashes_;  // by fork, from first() on
};

}  // namespace indexer::simulator::stellar
