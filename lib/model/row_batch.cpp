#include "model/row_batch.hpp"

#include <algorithm>
#include <numeric>

namespace indexer::model {
namespace {

template <class Batches>
auto find(Batches& batches, Table const& table) noexcept -> decltype(batches.data()) {
    auto const found = std::find_if(batches.begin(), batches.end(), [&](RowBatch const& batch) {
        return &batch.table() == &table;
    });
    return found == batches.end() ? nullptr : &*found;
}

}  // namespace

RowBatch::RowBatch(Table const& table) : table_(&table) {
    columns_.reserve(table.columns.size());
    for (ColumnSpec const& column : table.columns) columns_.emplace_back(column.type);
}

std::size_t RowBatch::bytes() const noexcept {
    return std::accumulate(
        columns_.begin(), columns_.end(), std::size_t{0},
        [](std::size_t sum, Column const& column) { return sum + column.bytes(); });
}

std::vector<RowBatch> empty_batches(std::span<Table const* const> tables) {
    std::vector<RowBatch> batches;
    batches.reserve(tables.size());
    for (Table const* const table : tables) batches.emplace_back(*table);
    return batches;
}

RowBatch* rows_of(std::vector<RowBatch>& batches, Table const& table) noexcept {
    return find(batches, table);
}

RowBatch const* rows_of(std::vector<RowBatch> const& batches, Table const& table) noexcept {
    return find(batches, table);
}

}  // namespace indexer::model
