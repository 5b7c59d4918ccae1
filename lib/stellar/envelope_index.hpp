#pragma once

#include <utility>
#include <vector>

#include "stellar/hash.hpp"
#include "stellar/xdr/value.hpp"

namespace indexer::stellar {

// The envelopes of a ledger by their hashes: the set that the validators agreed on has them in
// another order than the one they were applied in.
class EnvelopeIndex {
  public:
    // `contents` is what LedgerCloseMeta of any version holds, and must outlive the index.
    EnvelopeIndex(Hash const& network, xdr::Value const& contents);

    // Throws base::Error with Fault::not_understood when there is none.
    [[nodiscard]] xdr::Value find(std::string_view hash) const;

  private:
    void add(xdr::Value const& envelopes);
    void add_phase(xdr::Value const& phase);

    Hash const& network_;
    std::vector<std::pair<Hash, xdr::Value>> envelopes_;  // by hash
};

}  // namespace indexer::stellar
