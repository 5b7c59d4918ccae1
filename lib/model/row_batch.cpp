#include "model/row_batch.hpp"

#include <numeric>

namespace indexer::model {

RowBatch::RowBatch(Table const& table) : table_(&table) {
    columns_.reserve(table.columns.size());
    for (ColumnSpec const& column : table.columns) columns_.emplace_back(column.type);
}

std::size_t RowBatch::bytes() const noexcept {
    return std::accumulate(
        columns_.begin(), columns_.end(), std::size_t{0},
        [](std::size_t sum, Column const& column) { return sum + column.bytes(); });
}

}  // namespace indexer::model
