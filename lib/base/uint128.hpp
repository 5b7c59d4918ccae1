#pragma once

namespace indexer::base {

// `using` takes no __extension__, without which the type is a warning.
__extension__ typedef unsigned __int128 Uint128;  // NOLINT(modernize-use-using)

}  // namespace indexer::base
