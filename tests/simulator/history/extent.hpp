#pragma once

#include <cstdint>
#include <optional>

namespace indexer::simulator {

using Slot = std::uint64_t;

// Which seqs of a chain there is something to tell about. Immutable.
class Extent {
  public:
    Extent() = default;
    Extent(Extent const&) = delete;
    Extent& operator=(Extent const&) = delete;
    virtual ~Extent() = default;

    // The lowest and the highest slot it holds a block for.
    [[nodiscard]] virtual Slot first() const = 0;
    [[nodiscard]] virtual Slot last() const = 0;

    [[nodiscard]] virtual bool has(Slot slot) const = 0;

    // The last slot at or before `slot` that has a block. Requires: slot >= first().
    [[nodiscard]] virtual Slot at_or_before(Slot slot) const = 0;

    // The next slot at or after `slot` that has a block.
    [[nodiscard]] virtual std::optional<Slot> at_or_after(Slot slot) const = 0;
};

}  // namespace indexer::simulator
