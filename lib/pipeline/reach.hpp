#pragma once

#include <stop_token>

#include "base/seq.hpp"
#include "source/source.hpp"

namespace indexer::pipeline {

// From where on the endpoints can serve what is wanted: its begin, or their first seq behind it.
// What a node says of its own history is a hint (it may tell what its cache holds, or what lies in
// front of a data lake), so where it `told` (Source::first_available) that its history begins
// later, it is asked for the first block that is wanted, and believed when nobody serves that.
// Throws as the source does.
[[nodiscard]] base::Seq first_within_reach(source::Source& source, base::Seq told,
                                           base::SeqRange wanted, std::stop_token stop);

}  // namespace indexer::pipeline
