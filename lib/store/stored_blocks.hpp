#pragma once

#include <span>
#include <stop_token>
#include <vector>

#include "base/seq.hpp"
#include "pg/pool.hpp"
#include "store/dataset.hpp"

namespace indexer::store {

// The blocks that a dataset holds in `range`, but for those in `written`; ascending. Throws
// pg::Error.
[[nodiscard]] std::vector<base::Seq> blocks_outside(pg::Pool& pool, Dataset const& dataset,
                                                    base::SeqRange range,
                                                    std::span<base::SeqRange const> written,
                                                    std::stop_token stop);

}  // namespace indexer::store
