#pragma once

namespace indexer::base {

__extension__ typedef unsigned __int128 Uint128;

}  // namespace indexer::base
