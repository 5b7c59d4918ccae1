#pragma once

#include "tests/simulator/server/json_rpc.hpp"
#include "tests/simulator/server/node.hpp"
#include "tests/simulator/server/orders.hpp"

namespace indexer::simulator {

// Answers one call as Agave's rpc.rs does, limits and messages included. Safe for concurrent use.
[[nodiscard]] Answer answer_by_method(Node const& node, Call const& call, Orders const& orders);

}  // namespace indexer::simulator
