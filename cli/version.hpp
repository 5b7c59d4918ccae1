#pragma once

namespace indexer::cli {

inline constexpr char kVersion[] = INDEXER_VERSION;
inline constexpr char kVersionText[] = "indexer " INDEXER_VERSION;

}  // namespace indexer::cli
