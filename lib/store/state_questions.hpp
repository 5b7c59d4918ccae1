#pragma once

#include "base/seq.hpp"
#include "model/row_batch.hpp"
#include "store/dataset.hpp"
#include "store/questions.hpp"

// What a verification asks about tables of states, which hold one row a thing: the newest state, or
// the first.
namespace indexer::store {

// Whether states are unknown since the block that had set them was taken back.
[[nodiscard]] Question about_unknown_states(Dataset const& dataset, model::Table const& table,
                                            base::SeqRange range);
// Whether each state that says that a block of the range set it was set there.
[[nodiscard]] Question about_baseless_states(Dataset const& dataset, model::Table const& table,
                                             base::SeqRange range);
// Whether each state that a block of the range set is there, or one that replaced it.
[[nodiscard]] Question about_states(Dataset const& dataset, model::Table const& table,
                                    base::SeqRange range);
// Whether each of those that are still the block's is what was written.
[[nodiscard]] Question about_state_digests(Dataset const& dataset, model::Table const& table,
                                           base::SeqRange range);

}  // namespace indexer::store
