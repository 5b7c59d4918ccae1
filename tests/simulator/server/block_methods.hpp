#pragma once

#include "tests/simulator/server/json_rpc.hpp"
#include "tests/simulator/server/node.hpp"
#include "tests/simulator/server/orders.hpp"

// The methods about one block.
namespace indexer::simulator {

// The -32602 for a commitment below confirmed, which neither blocks nor ranges are served at.
[[nodiscard]] std::optional<Answer> refuse_commitment(Call const& call);

[[nodiscard]] Answer get_block(Node const& node, Call const& call, Orders const& orders);
[[nodiscard]] Answer get_block_time(Node const& node, Call const& call, Orders const& orders);

}  // namespace indexer::simulator
