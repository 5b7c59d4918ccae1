#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "tests/simulator/history/chain.hpp"
#include "tests/simulator/server/json_rpc.hpp"
#include "tests/simulator/server/reply.hpp"

namespace indexer::simulator {

// A part of the chain, both ends included.
struct SlotSpan {
    Slot first = 0;
    Slot last = ~Slot{0};

    [[nodiscard]] bool contains(Slot slot) const noexcept { return first <= slot && slot <= last; }
};

// What is to go wrong with one call. Empty: nothing.
struct Orders {
    std::vector<std::string_view> faults;  // the names of what was ordered
    std::chrono::nanoseconds delay{0};     // on top of the usual latency
    std::optional<Answer> instead;         // said without looking at the chain
    unsigned fork = 0;                     // tell of another chain over the same slots
    std::uint64_t tip_back = 0;            // the tip lies so many slots further back
    std::optional<SlotSpan> omit;          // lists leave these out
    std::optional<SlotSpan> poison;        // these cannot be decoded
    std::uint64_t trailing_bytes = 0;      // how: by bytes too many; 0: by an unknown version
    bool wrong_id = false;
    std::function<void(Reply&)> spoil;  // done to the HTTP reply at the end
};

}  // namespace indexer::simulator
