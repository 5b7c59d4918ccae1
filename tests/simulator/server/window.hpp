#pragma once

#include <chrono>
#include <mutex>
#include <optional>

#include "base/clock.hpp"
#include "tests/simulator/history/extent.hpp"

namespace indexer::simulator {

struct WindowOptions {
    std::optional<Slot> tip;  // where the newest block is at the start; default: last
    std::chrono::nanoseconds slot_interval{0};  // 0: the tip stands still
    std::optional<Slot> first_available;        // default: the first slot of the history
    std::uint64_t retention = 0;  // slots kept behind the tip, itself included; 0: all
};

// The part of a chain that a node can see now. Safe for concurrent use.
class Window {
  public:
    // Requires: the extent and the clock live as long as the window.
    Window(Extent const& extent, WindowOptions const& options, base::Clock const& clock);

    // The newest slot that has a block.
    [[nodiscard]] Slot tip() const;

    // Puts the tip elsewhere; if it moves, it moves on from there.
    void set_tip(Slot slot);

    // As if the tip lay `back` slots further back.
    [[nodiscard]] Slot tip_back(std::uint64_t back) const;

    [[nodiscard]] Slot first_available() const;

    // Drops what lies below, as a node does that makes room.
    void set_first_available(Slot slot);

  private:
    Extent const& extent_;
    WindowOptions options_;
    base::Clock const& clock_;
    mutable std::mutex mutex_;
    Slot first_available_;
    Slot start_;
    base::Clock::TimePoint started_;
};

}  // namespace indexer::simulator
