#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/seq.hpp"

namespace indexer::base {

// Seqs that could not be had, by the name of the endpoint that was asked last: of these it is asked
// after the others. Under the empty name are those on which endpoints do not agree. The ranges of
// each are ascending and do not overlap.
using Doubts = std::map<std::string, std::vector<SeqRange>>;

}  // namespace indexer::base
