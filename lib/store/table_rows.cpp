#include "store/table_rows.hpp"

#include <algorithm>

namespace indexer::store {
namespace {

pg::ElementType element_type(model::ColumnType type) {
    switch (type) {
        case model::ColumnType::boolean:
            return pg::ElementType::boolean;
        case model::ColumnType::int2:
            return pg::ElementType::int2;
        case model::ColumnType::int4:
            return pg::ElementType::int4;
        case model::ColumnType::int8:
            return pg::ElementType::int8;
        case model::ColumnType::timestamptz:
            return pg::ElementType::timestamptz;
        case model::ColumnType::numeric:
            return pg::ElementType::numeric;
        case model::ColumnType::text:
            return pg::ElementType::text;
        case model::ColumnType::jsonb:
            return pg::ElementType::jsonb;
        case model::ColumnType::bytea:
            return pg::ElementType::bytea;
    }
    return pg::ElementType::text;
}

void add_cell(pg::Array& array, model::Column const& column, std::size_t row) {
    if (column.is_null(row)) return array.add_null();
    switch (column.type()) {
        case model::ColumnType::timestamptz:
            return array.add_timestamp(column.integer(row));
        case model::ColumnType::numeric: {
            auto const number = column.numeric(row);
            return array.add_numeric(number.magnitude, number.negative);
        }
        case model::ColumnType::text:
        case model::ColumnType::jsonb:
        case model::ColumnType::bytea:
            return array.add_bytes(column.bytes(row));
        default:
            return array.add_integer(column.integer(row));
    }
}

}  // namespace

void TableRows::add(model::RowBatch const& batch) {
    for (std::size_t row = 0; row < batch.rows(); ++row) rows_.push_back({&batch, row});
}

int TableRows::compare(Row const& a, Row const& b) const noexcept {
    for (std::size_t key = 0; key < table_->key_columns; ++key) {
        int const order =
            model::compare_cells(a.batch->column(key), a.index, b.batch->column(key), b.index);
        if (order != 0) return order;
    }
    return 0;
}

void TableRows::arrange() {
    auto const before = [this](Row const& a, Row const& b) { return compare(a, b) < 0; };
    // Decoders emit rows in key order, so there is mostly nothing to sort.
    if (!std::is_sorted(rows_.begin(), rows_.end(), before)) {
        std::stable_sort(rows_.begin(), rows_.end(), before);
    }
    auto const same_key = [this](Row const& a, Row const& b) { return compare(a, b) == 0; };
    // From the back, so that of equal keys the last one stays.
    auto const kept = std::unique(rows_.rbegin(), rows_.rend(), same_key).base();
    rows_.erase(rows_.begin(), kept);
}

pg::Array TableRows::encode(std::size_t column, std::span<Row const> rows) const {
    constexpr std::size_t kUsualCell = 16;
    pg::Array array(element_type(table_->columns[column].type));
    array.reserve(rows.size() * kUsualCell);
    for (Row const& row : rows) add_cell(array, row.batch->column(column), row.index);
    return array;
}

std::vector<pg::Array> TableRows::columns(std::size_t from, std::size_t count) const {
    auto const chunk = std::span(rows_).subspan(from, count);
    std::vector<pg::Array> columns;
    columns.reserve(table_->columns.size());
    for (std::size_t column = 0; column < table_->columns.size(); ++column) {
        columns.push_back(encode(column, chunk));
    }
    return columns;
}

}  // namespace indexer::store
