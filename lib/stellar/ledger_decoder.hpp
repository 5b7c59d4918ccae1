#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/seq.hpp"
#include "model/block.hpp"
#include "stellar/asset_contracts.hpp"
#include "stellar/content.hpp"
#include "stellar/hash.hpp"
#include "stellar/identity.hpp"
#include "stellar/xdr/decoder.hpp"

namespace indexer::stellar {

// Turns LedgerCloseMeta (versions 0 to 2) into rows, wherever it came from. Keeps its buffers from
// ledger to ledger, so a decoder should be used many times; by one thread at a time.
//
// All throw xdr::DecodeError for bytes that are no ledger, or one of a protocol this program does
// not know, and base::Error with Fault::not_understood for a ledger that contradicts itself or is
// not the one expected.
class LedgerDecoder {
  public:
    LedgerDecoder(std::string_view passphrase, Content content)
        : network_(network_id(passphrase)), content_(std::move(content)) {}

    // `bytes` are one LedgerCloseMeta.
    [[nodiscard]] model::Block decode(std::string_view bytes);

    // The same of ledger `seq`. One whose header is whole, but says something that only a newer
    // protocol knows, becomes a block without rows and with all of itself as a dead letter: the
    // hash vouches for its place in the chain, and that nobody has another one to give.
    [[nodiscard]] model::Block decode(std::string_view bytes, base::Seq seq);

    // A marked stream of the ledgers of `range`, each and in order.
    [[nodiscard]] std::vector<model::Block> decode_stream(std::string_view stream,
                                                          base::SeqRange range);

    // A LedgerCloseMeta that was decoded already, as one of a batch is.
    [[nodiscard]] model::Block read(xdr::Value const& ledger);

    // The newest protocol of a ledger so far; 0 before the first.
    [[nodiscard]] std::uint32_t newest_protocol() const noexcept { return newest_protocol_; }

  private:
    [[nodiscard]] std::optional<model::Block> keep(std::string_view bytes, base::Seq seq,
                                                   xdr::DecodeError const& error);
    void meet(std::uint32_t protocol) noexcept;

    Hash const network_;
    Content const content_;
    AssetContracts contracts_{network_};
    xdr::Decoder decoder_;
    std::uint32_t newest_protocol_ = 0;
};

// Notes in what could not be decoded who sent it.
void note_sender(std::vector<model::Block>& blocks, std::string const& endpoint);

}  // namespace indexer::stellar
