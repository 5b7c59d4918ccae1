#pragma once

#include "tests/simulator/server/json_rpc.hpp"
#include "tests/simulator/server/node.hpp"
#include "tests/simulator/server/orders.hpp"

// The methods that list slots. As on a node without long-term storage, what lies before the first
// available block is left out without a word.
namespace indexer::simulator {

[[nodiscard]] Answer get_blocks(Node const& node, Call const& call, Orders const& orders);
[[nodiscard]] Answer get_blocks_with_limit(Node const& node, Call const& call,
                                           Orders const& orders);

}  // namespace indexer::simulator
