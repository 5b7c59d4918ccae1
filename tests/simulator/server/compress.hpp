#pragma once

#include "tests/simulator/server/reply.hpp"

namespace indexer::simulator {

// Compresses the body with gzip and says so in the headers. Pieces that come deflated are put
// together as they are, which costs little more than sending them; other large ones are compressed
// here and now.
void compress(Reply& reply);

}  // namespace indexer::simulator
