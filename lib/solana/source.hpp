#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/free_list.hpp"
#include "config/config.hpp"
#include "rpc/client.hpp"
#include "solana/block_decoder.hpp"
#include "solana/node.hpp"
#include "source/source.hpp"

namespace indexer::solana {

// Solana's blocks by getBlock, a part a slot.
class SolanaSource final : public source::Source {
  public:
    // Throws base::Error with Fault::usage when the configuration makes no sense. `client` must
    // outlive the source.
    SolanaSource(rpc::Client& client, config::Solana const& config);

    [[nodiscard]] std::string_view chain() const noexcept override { return "solana"; }
    [[nodiscard]] std::string content() const override;
    [[nodiscard]] std::span<model::Table const* const> tables() const noexcept override;

    // The genesis hash: as endpoints tell it, else as configured, else empty. Throws Fault::usage
    // where they contradict each other.
    [[nodiscard]] std::string network(std::stop_token stop) override;
    [[nodiscard]] base::Seq tip(std::stop_token stop) override;
    [[nodiscard]] std::vector<base::Seq> tips(std::stop_token stop) override;
    [[nodiscard]] base::Seq first_available(std::stop_token stop) override;
    // By getBlocks; every slot where no endpoint has that. An endpoint that does not have the start
    // of the range leaves out slots there without a word, so the caller compares it with
    // first_available().
    [[nodiscard]] std::vector<base::SeqRange> parts(base::SeqRange range,
                                                    std::stop_token stop) override;
    [[nodiscard]] bool lists_blocks() const noexcept override { return lists_blocks_; }
    // Nodes say the same of slots that were skipped and of blocks they lost, so all of it is
    // Unavailable, which proves nothing.
    [[nodiscard]] source::Fetched fetch(base::SeqRange part, std::stop_token stop) override;
    [[nodiscard]] std::vector<model::Block> decode(source::Answer const& answer) const override;

    [[nodiscard]] std::vector<source::Answer> fetch_from_each(base::SeqRange part,
                                                              std::stop_token stop) override;
    [[nodiscard]] std::uint64_t replaceable() const override { return replaceable_; }
    [[nodiscard]] bool quarantine(std::string const& endpoint) override {
        return node_.quarantine(endpoint);
    }
    void doubt(base::Doubts const& doubts) override { node_.doubt(doubts); }

    [[nodiscard]] std::vector<source::Probe> probe(std::stop_token stop) override {
        return node_.probe(std::move(stop));
    }

  private:
    [[nodiscard]] std::vector<base::Seq> slots_to_ask_for(base::SeqRange range,
                                                          std::stop_token stop);

    Node node_;
    std::atomic<bool> lists_blocks_ = true;  // until endpoints say that they do not
    std::string const network_;
    std::uint64_t const blocks_per_list_;
    std::uint64_t const replaceable_;
    std::size_t const largest_usual_;  // block, in bytes
    Content const content_;
    mutable base::FreeList<BlockDecoder> decoders_;
};

}  // namespace indexer::solana
