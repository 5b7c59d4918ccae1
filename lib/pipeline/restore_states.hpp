#pragma once

#include <stop_token>

#include "pg/pool.hpp"
#include "source/source.hpp"
#include "store/dataset.hpp"
#include "store/writer.hpp"

namespace indexer::pipeline {

// Finds states anew that went with the block that had set them: the blocks that set them as well,
// the newest or the first of those that are stored, are fetched and written again. Costs a question
// where there are none. What cannot be had stays unknown. Throws pg::Error and Fault::stopped.
void restore_states(source::Source& source, store::Writer& writer, pg::Pool& pool,
                    store::Dataset const& dataset, std::stop_token stop);

}  // namespace indexer::pipeline
