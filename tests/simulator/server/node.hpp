#pragma once

#include <string>

#include "base/clock.hpp"
#include "tests/simulator/history/history.hpp"
#include "tests/simulator/server/service.hpp"

namespace indexer::simulator {

struct NodeOptions {
    WindowOptions window;
    std::string genesis_hash = "5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d";  // of mainnet
    std::string last_of_tower;  // "none", or the slot behind which Alpenglow decides; empty: the
                                // node is too old to say
};

// A Solana node: answers as Agave's rpc.rs does. Safe for concurrent use.
class Node final : public Service {
  public:
    // Requires: the history and the clock live as long as the node.
    Node(History const& history, NodeOptions const& options, base::Clock const& clock);

    [[nodiscard]] History const& history() const noexcept { return history_; }
    [[nodiscard]] std::string const& genesis_hash() const noexcept { return genesis_hash_; }
    [[nodiscard]] std::string const& last_of_tower() const noexcept { return last_of_tower_; }
    [[nodiscard]] Slot first_available() const { return window_.first_available(); }

    // The newest slot with a block, as far as the orders let it be seen.
    [[nodiscard]] Slot tip(Orders const& orders) const { return window_.tip_back(orders.tip_back); }

    [[nodiscard]] Answer answer(Call const& call, Orders const& orders) const override;
    [[nodiscard]] std::string expectation(SlotSpan span) const override;
    [[nodiscard]] Window& window() noexcept override { return window_; }

  private:
    History const& history_;
    std::string const genesis_hash_;
    std::string const last_of_tower_;
    Window window_;
};

}  // namespace indexer::simulator
