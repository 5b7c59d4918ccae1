#pragma once

#include <string_view>

namespace indexer::model {

// A question about its own tables that a chain adds to a verification: a statement whose parameters
// are a content and the seqs [$2, $3), and whose rows are a seq and what is wrong there, the
// table's name first. No rows: nothing is.
using Check = std::string_view;

}  // namespace indexer::model
