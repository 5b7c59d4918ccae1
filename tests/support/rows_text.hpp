#pragma once

#include <string>

#include "model/block.hpp"

namespace indexer::test {

// A cell as psql would show it, except that a time is its seconds; null is "NULL".
[[nodiscard]] std::string cell_text(model::Column const& column, std::size_t row);

// A block's links, rows (a line a cell) and dead letters, made for being read and compared.
[[nodiscard]] std::string block_text(model::Block const& block);

}  // namespace indexer::test
