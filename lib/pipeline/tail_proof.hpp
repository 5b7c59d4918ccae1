#pragma once

#include <optional>
#include <stop_token>

#include "base/seq.hpp"
#include "model/block.hpp"
#include "source/source.hpp"

namespace indexer::pipeline {

// The last block before `end`, as the chain itself names it: the parent of the first block at or
// behind `end`. Every seq between the two is thereby proven to hold no block. Nothing when no
// endpoint has a block there yet.
//
// Lists seqs up to `tip`, and walks back along parents when the list left blocks out.
[[nodiscard]] std::optional<model::Link> last_block_before(source::Source& source, base::Seq end,
                                                           base::Seq tip, std::stop_token stop);

}  // namespace indexer::pipeline
