#pragma once

#include <string>

#include "tests/damage/json_tree.hpp"

namespace indexer::damage {

// What in a getBlock answer no honest node would say of a block whose transactions were recorded
// whole, in one line; empty: nothing. Written from the description of the answers alone, so that it
// checks the program's own invariants rather than itself.
[[nodiscard]] std::string dishonesty(Json const& answer);

}  // namespace indexer::damage
