#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "tests/simulator/history/extent.hpp"

namespace indexer::simulator {

struct ChainOptions {
    std::uint64_t seed = 1;
    double skip_rate = 0.05;  // share of slots without a block, at most kMostSkipped
};

// What ties one block to the others.
struct BlockLinks {
    // A transaction names one of the blocks before it; these many are on offer.
    static constexpr std::size_t kRecent = 16;

    Slot parent = 0;
    std::string hash;
    std::string parent_hash;
    std::uint64_t height = 0;
    std::int64_t time = 0;     // seconds since 1970
    bool knows_height = true;  // false: null in the answer, as for old blocks on mainnet
    bool knows_time = true;
    std::array<std::string, kRecent> recent_hashes;
};

// An endless chain of blocks in which everything about a slot is a pure function of the seed and
// the slot: any part can be had without computing what lies before it, and a test can compute what
// to expect. Slots come in groups of 64; every group up to a given one holds a known number of
// skipped slots, so that a block's height needs no counting from the start. Immutable.
class Chain {
  public:
    static constexpr double kMostSkipped = 0.9;

    // Throws base::Error when the options make no sense.
    explicit Chain(ChainOptions const& options);

    // Whether the slot has a block. Slot 0, the genesis block, always does.
    [[nodiscard]] bool has(Slot slot) const noexcept;

    // The last slot with a block that is `slot` or comes before it.
    [[nodiscard]] Slot at_or_before(Slot slot) const noexcept;

    // As above, but not `slot` itself; 0 is its own parent, as on mainnet.
    [[nodiscard]] Slot parent(Slot slot) const noexcept;

    // Blocks before this one. Requires: has(slot).
    [[nodiscard]] std::uint64_t height(Slot slot) const noexcept;

    [[nodiscard]] static std::int64_t time(Slot slot) noexcept;

    // A fork is another chain over the same slots; 0 is the true one.
    [[nodiscard]] std::string hash(Slot slot, unsigned fork = 0) const;
    [[nodiscard]] BlockLinks links(Slot slot, unsigned fork = 0) const;

    // The n-th signature in a block, over all its transactions in order.
    void append_signature(std::string& out, Slot slot, std::size_t n) const;

    [[nodiscard]] std::uint64_t seed() const noexcept { return options_.seed; }

  private:
    [[nodiscard]] std::uint64_t skipped_before(std::uint64_t group) const noexcept;
    [[nodiscard]] std::uint64_t blocks_of(std::uint64_t group) const noexcept;

    ChainOptions options_;
};

}  // namespace indexer::simulator
