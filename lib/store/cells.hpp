#pragma once

#include <cstdint>
#include <string>

#include "base/seq.hpp"
#include "pg/result.hpp"

// Cells of results as our types, and our types as parameters.
namespace indexer::store {

inline base::Seq seq_at(pg::Result const& result, int row, int column) {
    return base::Seq(static_cast<std::uint64_t>(result.integer(row, column)));
}

inline std::uint64_t count_at(pg::Result const& result, int row, int column) {
    return static_cast<std::uint64_t>(result.integer(row, column));
}

inline std::string text_of(base::Seq seq) {
    return std::to_string(seq.value());
}

}  // namespace indexer::store
