#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tests/simulator/history/chain.hpp"
#include "tests/simulator/history/text.hpp"

namespace indexer::simulator {

enum class Details { full, signatures, none };

// How a caller of getBlock wants it.
struct BlockRequest {
    Details details = Details::full;
    bool rewards = true;
    bool versions = true;  // false: the caller knows of no versions, so none are shown
    unsigned fork = 0;     // another chain over the same slots, to lie with

    friend bool operator==(BlockRequest const&, BlockRequest const&) = default;
};

struct Block {
    Text json;                 // the result of getBlock
    int highest_version = -1;  // of its transactions; -1 when all are legacy
};

// What the server has to tell about a chain. Safe for concurrent use.
class History {
  public:
    History() = default;
    History(History const&) = delete;
    History& operator=(History const&) = delete;
    virtual ~History() = default;

    // The lowest and the highest slot it holds a block for.
    [[nodiscard]] virtual Slot first() const = 0;
    [[nodiscard]] virtual Slot last() const = 0;

    [[nodiscard]] virtual bool has(Slot slot) const = 0;

    // The last slot at or before `slot` that has a block. Requires: slot >= first().
    [[nodiscard]] virtual Slot at_or_before(Slot slot) const = 0;

    // The next slot at or after `slot` that has a block.
    [[nodiscard]] virtual std::optional<Slot> at_or_after(Slot slot) const = 0;

    // The members below require has(slot).

    [[nodiscard]] virtual Block block(Slot slot, BlockRequest const& request) const = 0;
    [[nodiscard]] virtual std::optional<std::int64_t> time(Slot slot) const = 0;
    [[nodiscard]] virtual std::uint64_t height(Slot slot) const = 0;
};

}  // namespace indexer::simulator
