#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "base/clock.hpp"
#include "tests/simulator/history/history.hpp"

namespace indexer::simulator {

struct NodeOptions {
    std::optional<Slot> tip;  // where the newest block is at the start; default: last
    std::chrono::nanoseconds slot_interval{0};  // 0: the tip stands still
    std::optional<Slot> first_available;        // default: the first slot of the history
    std::string genesis_hash = "5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d";  // of mainnet
};

// The part of a history that a node can see now. Safe for concurrent use.
class Node {
  public:
    // Requires: the history and the clock live as long as the node.
    Node(History const& history, NodeOptions options, base::Clock const& clock);

    [[nodiscard]] History const& history() const noexcept { return history_; }
    [[nodiscard]] std::string const& genesis_hash() const noexcept { return options_.genesis_hash; }

    // The newest slot that has a block.
    [[nodiscard]] Slot tip() const;

    // Puts the tip elsewhere; if it moves, it moves on from there.
    void set_tip(Slot slot);

    [[nodiscard]] Slot first_available() const;

    // Drops what lies below, as a node does that makes room.
    void set_first_available(Slot slot);

  private:
    History const& history_;
    NodeOptions options_;
    base::Clock const& clock_;
    mutable std::mutex mutex_;
    Slot first_available_;
    Slot start_;
    base::Clock::TimePoint started_;
};

}  // namespace indexer::simulator
