#pragma once

#include "tests/simulator/stellar/node.hpp"

namespace indexer::simulator::stellar {

[[nodiscard]] Answer get_events(Node const& node, Call const& call, Orders const& orders);

}  // namespace indexer::simulator::stellar
