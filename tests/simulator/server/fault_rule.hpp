#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "tests/simulator/server/orders.hpp"

namespace indexer::simulator {

struct Behaviour;

// When to misbehave, and how: "NAME" or "NAME:key=value,key=value".
struct FaultRule {
    static constexpr auto kNever = std::numeric_limits<std::uint64_t>::max();

    Behaviour const* behaviour = nullptr;
    double rate = 1;                // rate=0.2: share of the calls it is meant for
    std::uint64_t from = 0;         // from=3: spares the first three of them
    std::uint64_t count = kNever;   // count=5: five times in all
    std::uint64_t each = kNever;    // each=2: twice for every slot
    std::string method;             // method=getBlock: default: those the behaviour is about
    std::optional<SlotSpan> slots;  // slots=10-20 or slots=10: calls about these only
    std::optional<std::chrono::nanoseconds> within;  // within=2s: so long after it was set
    std::int64_t value = 0;                          // of the behaviour's own key

    // Throws base::Error, which names what it did not understand.
    [[nodiscard]] static FaultRule parse(std::string const& text);
};

// Rules, one a line; empty lines are ignored.
[[nodiscard]] std::vector<FaultRule> parse_rules(std::string const& lines);

}  // namespace indexer::simulator
