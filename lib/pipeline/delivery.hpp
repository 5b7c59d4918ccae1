#pragma once

#include <variant>

#include "model/block.hpp"
#include "store/coverage.hpp"

namespace indexer::pipeline {

// What fetch workers hand to writers: a block to store, a block that could not be decoded and is
// kept whole, or a seq that could not be had.
using Delivery = std::variant<model::Block, model::DeadLetter, store::Hole>;

}  // namespace indexer::pipeline
