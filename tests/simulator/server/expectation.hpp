#pragma once

#include <string>

#include "tests/simulator/history/history.hpp"
#include "tests/simulator/server/orders.hpp"

namespace indexer::simulator {

// What there is to find in a part of a history, as one JSON object: how many slots have a block or
// were skipped, how many transactions there are, how many of them are votes, failed, or of which
// version, the sum of the fees, and the hashes at both ends. Counted from the very text that
// getBlock answers with.
[[nodiscard]] std::string expectation(History const& history, SlotSpan span);

}  // namespace indexer::simulator
