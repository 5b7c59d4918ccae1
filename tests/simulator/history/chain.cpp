#include "tests/simulator/history/chain.hpp"

#include <bit>

#include "base/error.hpp"
#include "tests/simulator/encoding/base58.hpp"
#include "tests/simulator/encoding/random.hpp"

namespace indexer::simulator {
namespace {

constexpr std::uint64_t kGroup = 64;
constexpr std::int64_t kGenesisTime = 1584368940;  // mainnet's: 16 March 2020, 14:29 UTC
constexpr std::uint64_t kMillisPerSlot = 400;

enum Purpose : std::uint64_t { skips = 1, hashes, signatures, unknowns };

constexpr double kUnknownRate = 0.002;  // blocks whose time, or height, nobody knows

constexpr std::uint64_t bit(std::uint64_t slot) noexcept {
    return std::uint64_t{1} << (slot % kGroup);
}

}  // namespace

Chain::Chain(ChainOptions const& options) : options_(options) {
    if (options.skip_rate < 0 || options.skip_rate > kMostSkipped) {
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          "chain: the skip rate must be between 0 and 0.9");
    }
}

std::uint64_t Chain::skipped_before(std::uint64_t group) const noexcept {
    return static_cast<std::uint64_t>(static_cast<double>(group * kGroup) * options_.skip_rate);
}

// A set bit for each slot with a block.
std::uint64_t Chain::blocks_of(std::uint64_t group) const noexcept {
    std::uint64_t blocks = ~std::uint64_t{0};
    Random random(mix(options_.seed, skips, group));
    for (auto left = skipped_before(group + 1) - skipped_before(group); left > 0;) {
        std::uint64_t const candidate = bit(random.next());
        if ((blocks & candidate) == 0 || (group == 0 && candidate == 1)) continue;
        blocks &= ~candidate;
        --left;
    }
    return blocks;
}

bool Chain::has(Slot slot) const noexcept {
    return (blocks_of(slot / kGroup) & bit(slot)) != 0;
}

Slot Chain::at_or_before(Slot slot) const noexcept {
    std::uint64_t group = slot / kGroup;
    std::uint64_t candidates = blocks_of(group) & (bit(slot) | (bit(slot) - 1));
    while (candidates == 0) candidates = blocks_of(--group);
    return group * kGroup + static_cast<std::uint64_t>(std::bit_width(candidates)) - 1;
}

Slot Chain::parent(Slot slot) const noexcept {
    return slot == 0 ? 0 : at_or_before(slot - 1);
}

std::uint64_t Chain::height(Slot slot) const noexcept {
    std::uint64_t const group = slot / kGroup;
    auto const within = std::popcount(blocks_of(group) & (bit(slot) - 1));
    return group * kGroup - skipped_before(group) + static_cast<std::uint64_t>(within);
}

std::int64_t Chain::time(Slot slot) noexcept {
    return kGenesisTime + static_cast<std::int64_t>(slot * kMillisPerSlot / 1000);
}

std::string Chain::hash(Slot slot, unsigned fork) const {
    std::string text;
    append_random_hash(text, Random(mix(options_.seed, hashes, slot, fork)));
    return text;
}

BlockLinks Chain::links(Slot slot, unsigned fork) const {
    BlockLinks links;
    links.parent = parent(slot);
    links.hash = hash(slot, fork);
    links.parent_hash = slot == 0 ? links.hash : hash(links.parent, fork);
    links.height = height(slot);
    links.time = time(slot);
    Random random(mix(options_.seed, unknowns, slot));
    links.knows_height = !random.chance(kUnknownRate);
    links.knows_time = !random.chance(kUnknownRate);
    Slot ancestor = links.parent;
    for (std::string& recent : links.recent_hashes) {
        recent = hash(ancestor, fork);
        ancestor = parent(ancestor);
    }
    return links;
}

void Chain::append_signature(std::string& out, Slot slot, std::size_t n) const {
    append_random_signature(out, Random(mix(options_.seed, signatures, slot, n)));
}

}  // namespace indexer::simulator
