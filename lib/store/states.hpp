#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "base/seq.hpp"
#include "pg/pool.hpp"
#include "store/dataset.hpp"

namespace indexer::store {

// The stored blocks that set states which are unknown, because a block that had set them later (or
// earlier, where the first state is kept) was taken back; ascending. Forgets those that are known
// again. Throws pg::Error.
[[nodiscard]] std::vector<base::Seq> setters_of_unknown_states(pg::Pool& pool,
                                                               Dataset const& dataset,
                                                               std::stop_token stop);

// How many states of the dataset's tables are unknown. Throws pg::Error.
[[nodiscard]] std::uint64_t unknown_states(pg::Pool& pool, Dataset const& dataset,
                                           std::stop_token stop);

}  // namespace indexer::store
