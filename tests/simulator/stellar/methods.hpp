#pragma once

#include "tests/simulator/stellar/node.hpp"

namespace indexer::simulator::stellar {

// Answers one call as stellar-rpc 28 does, limits and messages included. Safe for concurrent use.
[[nodiscard]] Answer answer_by_method(Node const& node, Call const& call, Orders const& orders);

}  // namespace indexer::simulator::stellar
