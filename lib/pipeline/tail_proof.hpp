#pragma once

#include <optional>
#include <stop_token>

#include "base/seq.hpp"
#include "pipeline/arbiter.hpp"
#include "source/source.hpp"

namespace indexer::pipeline {

// The first block at or behind `end`, as it is served: its parent is the last block before `end`,
// and every seq between the two is thereby said to hold none. Nothing when no endpoint has a block
// there yet.
//
// Lists seqs up to `tip`, but no further than some ten thousands where it finds none, which it
// logs; and walks back along parents when the list left blocks out.
[[nodiscard]] std::optional<Claim> first_block_behind(source::Source& source, base::Seq end,
                                                      base::Seq tip, std::stop_token stop);

// Whether what `upper` says of its parent, and of the seqs between the two, may be believed when
// the parent is not stored: the parent is served, and links; or, where nobody serves it, no list
// names a block in between, and everybody says the same again who serves the block. What is too
// much for one witness takes two.
[[nodiscard]] bool is_confirmed(source::Source& source, Claim const& upper, std::stop_token stop);

// Whether two endpoints or more say of a block what `claim` does, and none says otherwise.
[[nodiscard]] bool is_witnessed(source::Source& source, Claim const& claim, std::stop_token stop);

}  // namespace indexer::pipeline
