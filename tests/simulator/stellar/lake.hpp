#pragma once

#include <optional>
#include <string>

#include "tests/simulator/server/orders.hpp"
#include "tests/simulator/stellar/ledgers.hpp"

namespace indexer::simulator::stellar {

struct LakeOptions {
    std::uint64_t ledgers_per_batch = 1;
    std::uint64_t batches_per_partition = 64'000;
};

// The ledgers of a chain as Galexie leaves them in a data lake (SEP-54): a manifest, and zstd
// objects of LedgerCloseMetaBatch. Safe for concurrent use.
class Lake {
  public:
    // Requires: the ledgers live as long as the lake.
    Lake(Ledgers const& ledgers, LakeOptions const& options)
        : ledgers_(ledgers), options_(options) {}

    // What lies under a key such as ".config.json" or "FFFFFFFF--0-63999/FFFFFC17--1000.xdr.zst",
    // while the chain ends at `latest`. An object is there when all its ledgers are.
    [[nodiscard]] std::optional<std::string> object(std::string const& key, Slot latest,
                                                    Orders const& orders) const;

    // All of it into a folder that is made.
    void write(std::string const& folder) const;

  private:
    [[nodiscard]] std::string manifest() const;
    [[nodiscard]] std::string key(Slot first) const;
    [[nodiscard]] std::string batch(Slot first, Orders const& orders) const;

    Ledgers const& ledgers_;
    LakeOptions const options_;
};

}  // namespace indexer::simulator::stellar
