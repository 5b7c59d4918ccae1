#pragma once

namespace indexer::cli {

inline constexpr char kVersionText[] = "indexer " INDEXER_VERSION;

}  // namespace indexer::cli
