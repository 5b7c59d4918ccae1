#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "model/row_batch.hpp"
#include "pg/array.hpp"

namespace indexer::store {

// The rows of one table in a commit group, wherever their blocks keep them: in key order, one row
// a key (of equal keys the last one added stays). Points into the blocks, which must outlive it.
class TableRows {
  public:
    explicit TableRows(model::Table const& table) : table_(&table) {}

    // Requires: batch.table() is this table.
    void add(model::RowBatch const& batch);

    // Sorts and merges; afterwards size() and parameters() may be used.
    void arrange();

    [[nodiscard]] model::Table const& table() const noexcept { return *table_; }
    [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }

    // Calls `visit(batch, index)` for each row, in key order.
    template <class Visit>
    void for_each(Visit visit) const {
        for (Row const& row : rows_) visit(*row.batch, row.index);
    }

    // Rows [from, from + count) as one array a column. Requires: from + count <= size().
    [[nodiscard]] std::vector<pg::Array> columns(std::size_t from, std::size_t count) const;

  private:
    struct Row {
        model::RowBatch const* batch;
        std::size_t index;
    };
    [[nodiscard]] int compare(Row const& a, Row const& b) const noexcept;
    [[nodiscard]] pg::Array encode(std::size_t column, std::span<Row const> rows) const;

    model::Table const* table_;
    std::vector<Row> rows_;
};

}  // namespace indexer::store
