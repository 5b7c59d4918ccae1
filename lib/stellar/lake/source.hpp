#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/free_list.hpp"
#include "config/config.hpp"
#include "source/source.hpp"
#include "stellar/content.hpp"
#include "stellar/lake/manifest.hpp"
#include "stellar/lake/object_store.hpp"
#include "stellar/ledger_decoder.hpp"
#include "stellar/protocol.hpp"

namespace indexer::stellar {

// Stellar's ledgers out of a data lake (SEP-54), a part an object: history of any age, which RPC
// servers forget after days. Makes the same rows as StellarSource, under the same name of content,
// so that one goes on where the other ended. An answer is an object as it is stored, packed.
class LakeSource final : public source::Source {
  public:
    // `options.stellar.lake` is a folder, "file://" and a folder, or an http or https URL. Throws
    // base::Error with Fault::usage when it is none. `clock` and `memory` must outlive the
    // source.
    LakeSource(config::Options const& options, base::Clock& clock, base::MemoryBudget& memory);

    [[nodiscard]] std::string_view chain() const noexcept override { return "stellar"; }
    [[nodiscard]] std::string content() const override;
    [[nodiscard]] std::span<model::Table const* const> tables() const noexcept override;

    // The passphrase of the manifest. Throws base::Error (not understood) when there is none.
    [[nodiscard]] std::string network(std::stop_token stop) override;

    // Over HTTP it is looked for from the range asked for on, so that has to begin in the lake.
    // Throws Fault::usage when that begins before the first ledger that any lake has.
    [[nodiscard]] base::Seq tip(std::stop_token stop) override;
    // Over HTTP nobody knows: what is not there is found missing when it is fetched.
    [[nodiscard]] base::Seq first_available(std::stop_token stop) override;
    [[nodiscard]] std::vector<base::SeqRange> parts(base::SeqRange range,
                                                    std::stop_token stop) override;
    // Unavailable when there is no such object.
    [[nodiscard]] source::Fetched fetch(base::SeqRange part, std::stop_token stop) override;
    [[nodiscard]] std::optional<source::Protocol> protocol() const override {
        return protocol_.state();
    }
    [[nodiscard]] std::vector<model::Block> decode(source::Answer const& answer) const override;

  private:
    [[nodiscard]] std::vector<model::Block> decode(source::Answer const& answer,
                                                   LedgerDecoder& rows) const;
    [[nodiscard]] LakeManifest manifest(std::stop_token stop);
    void check_end(base::Seq last, std::stop_token stop);

    std::string const folder_;  // empty: over HTTP
    std::optional<std::uint64_t> const from_;
    std::optional<std::uint64_t> const to_;
    std::size_t const most_bytes_;  // of an object, unpacked
    base::MemoryBudget& memory_;
    std::unique_ptr<ObjectStore> const store_;
    Content const content_;
    std::mutex mutex_;
    std::optional<LakeManifest> manifest_;
    std::atomic<bool> end_checked_ = false;
    mutable ProtocolWatch protocol_;
    mutable base::FreeList<LedgerDecoder> decoders_;
};

}  // namespace indexer::stellar
