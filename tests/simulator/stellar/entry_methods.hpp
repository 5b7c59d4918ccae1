#pragma once

#include "tests/simulator/stellar/node.hpp"

namespace indexer::simulator::stellar {

// What is asked for is known as far as the node's ledgers changed it.
[[nodiscard]] Answer get_ledger_entries(Node const& node, Call const& call, Orders const& orders);

}  // namespace indexer::simulator::stellar
