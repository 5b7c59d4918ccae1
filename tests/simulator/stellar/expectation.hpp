#pragma once

#include <string>

#include "tests/simulator/stellar/node.hpp"

namespace indexer::simulator::stellar {

// What there is to find in a part of a chain, as one JSON object: how many ledgers, transactions,
// failed ones, operations and events there are, the sum of the fees charged, and the hashes at both
// ends.
[[nodiscard]] std::string expectation(Node const& node, SlotSpan span);

}  // namespace indexer::simulator::stellar
