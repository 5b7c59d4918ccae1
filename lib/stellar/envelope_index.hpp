#pragma once

#include <cstddef>
#include <string_view>
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

    // Each is taken once. Throws base::Error with Fault::not_understood when there is none, or it
    // was taken before.
    [[nodiscard]] xdr::Value take(std::string_view hash);

    // Throws the same when some were not.
    void require_all_taken() const;

  private:
    struct Entry {
        Hash hash;
        xdr::Value envelope;
        bool is_taken = false;
    };

    void add(xdr::Value const& envelopes);
    void add_phase(xdr::Value const& phase);

    Hash const& network_;
    std::vector<Entry> envelopes_;  // by hash
    std::size_t taken_ = 0;
};

}  // namespace indexer::stellar
