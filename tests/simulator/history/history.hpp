#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tests/simulator/history/extent.hpp"
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

// What a Solana server has to tell about its chain. Safe for concurrent use.
class History : public Extent {
  public:
    // All members require has(slot).

    [[nodiscard]] virtual Block block(Slot slot, BlockRequest const& request) const = 0;
    [[nodiscard]] virtual std::optional<std::int64_t> time(Slot slot) const = 0;
    [[nodiscard]] virtual std::uint64_t height(Slot slot) const = 0;
};

}  // namespace indexer::simulator
