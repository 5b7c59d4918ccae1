#pragma once

#include "tests/simulator/server/reply.hpp"

namespace indexer::simulator {

// Compresses the body with gzip and says so in the headers.
void compress(Reply& reply);

}  // namespace indexer::simulator
