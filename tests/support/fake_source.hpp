#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "model/row_batch.hpp"
#include "source/source.hpp"

namespace indexer::test {

// A chain held in memory, with the faults a test asks for. Blocks are where add() puts them, each
// the child of the one before it. Safe for concurrent use once it is set up.
//
// By itself it lists where blocks are, like Solana. With pages of several seqs it serves all that
// lies in one, like Stellar, up to the first block that is omitted or not available.
class FakeSource final : public source::Source {
  public:
    // Blocks at these seqs, ascending; the first one's parent is `before`.
    explicit FakeSource(std::vector<std::uint64_t> const& seqs, std::uint64_t before = 0);

    // The node's faults.
    std::set<std::uint64_t> omitted;      // parts() leaves them out
    std::set<std::uint64_t> unavailable;  // fetch() cannot serve them
    std::set<std::uint64_t> undecodable;  // decode() throws
    std::set<std::uint64_t> lacking;      // decode() says that the answer leaves something out
    std::set<std::string> others;         // endpoints without these faults of decoding
    bool down = false;                    // fetch() throws Fault::endpoint
    std::deque<std::uint64_t> told_tips;  // what tip() says first, one after the other
    std::vector<base::Seq> each_tip;      // what tips() says; empty: what tip() does
    std::string hash_prefix = "hash";     // another one makes another chain

    std::uint64_t page = 1;              // seqs of a part
    std::uint64_t listed_seqs = 10'000;  // what parts() should be asked for at once

    [[nodiscard]] std::string_view chain() const noexcept override { return "fake"; }
    [[nodiscard]] std::string content() const override { return "blocks"; }
    [[nodiscard]] std::span<model::Table const* const> tables() const noexcept override {
        return {};
    }
    [[nodiscard]] std::string network(std::stop_token /*stop*/) override { return "fakenet"; }
    [[nodiscard]] base::Seq tip(std::stop_token stop) override;
    [[nodiscard]] std::vector<base::Seq> tips(std::stop_token stop) override;
    [[nodiscard]] base::Seq first_available(std::stop_token stop) override;
    [[nodiscard]] std::uint64_t window() const override { return listed_seqs; }
    [[nodiscard]] std::vector<base::SeqRange> parts(base::SeqRange range,
                                                    std::stop_token stop) override;
    [[nodiscard]] source::Fetched fetch(base::SeqRange part, std::stop_token stop) override;
    [[nodiscard]] std::vector<model::Block> decode(source::Answer const& answer) const override;
    [[nodiscard]] std::vector<source::Answer> fetch_from_each(base::SeqRange part,
                                                              std::stop_token stop) override;

    // How often parts() was asked.
    [[nodiscard]] unsigned listings() const;
    // The first seqs of the parts asked for by fetch(), in order.
    [[nodiscard]] std::vector<std::uint64_t> asked() const;

    // The block at a seq as decode() gives it. Requires: there is one.
    [[nodiscard]] model::Block block(std::uint64_t seq) const;

  private:
    [[nodiscard]] std::string hash_of(std::uint64_t seq) const;
    [[nodiscard]] source::Answer page_of(base::SeqRange part) const;

    std::map<std::uint64_t, std::uint64_t> parents_;
    mutable std::mutex mutex_;
    std::vector<std::uint64_t> asked_;
    unsigned listings_ = 0;
};

}  // namespace indexer::test
