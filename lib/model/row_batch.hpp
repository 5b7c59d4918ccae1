#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "model/column.hpp"

namespace indexer::model {

struct ColumnSpec {
    std::string_view name;
    ColumnType type;
    // Came after rows had been written and their digests noted: where it is null, the digest of a
    // row is what it was without the column.
    bool added_later = false;
};

// A table as its chain describes it. Lives as long as the program.
struct Table {
    std::string_view name;                // with its schema: "solana.blocks"
    std::span<ColumnSpec const> columns;  // in the order of the upsert's parameters
    std::size_t key_columns;              // how many of the first columns form the primary key,
                                          // which begins with the seq
    std::string_view upsert;              // one statement, one array parameter a column
    std::string_view read{};              // its rows of the seqs in [$1, $2), every column; empty
                                          // where rows are of no one seq, or not verified
    std::string_view transaction_name{};  // the column that names the transaction, where a row is
                                          // one; empty elsewhere
};

// Rows of one table, by column.
class RowBatch {
  public:
    explicit RowBatch(Table const& table);

    [[nodiscard]] Table const& table() const noexcept { return *table_; }
    [[nodiscard]] std::size_t rows() const noexcept { return columns_.front().size(); }
    [[nodiscard]] std::size_t bytes() const noexcept;
    [[nodiscard]] Column const& column(std::size_t index) const noexcept { return columns_[index]; }

    // Appends a row: one value a column, in the table's order. An empty optional is null.
    template <class... Values>
    void append(Values const&... values) {
        std::size_t index = 0;
        (append_cell(columns_[index++], values), ...);
    }

  private:
    static void append_cell(Column& column, std::integral auto value) {
        column.append_integer(static_cast<std::int64_t>(value));
    }
    static void append_cell(Column& column, Numeric value) { column.append_numeric(value); }
    static void append_cell(Column& column, std::string_view value) { column.append_bytes(value); }
    static void append_cell(Column& column, std::nullopt_t) { column.append_null(); }
    template <class T>
    static void append_cell(Column& column, std::optional<T> const& value) {
        if (value) {
            append_cell(column, *value);
        } else {
            column.append_null();
        }
    }

    Table const* table_;
    std::vector<Column> columns_;
};

// A batch without rows for each table, in their order.
[[nodiscard]] std::vector<RowBatch> empty_batches(std::span<Table const* const> tables);

// The batch of that table; null when there is none.
[[nodiscard]] RowBatch* rows_of(std::vector<RowBatch>& batches, Table const& table) noexcept;
[[nodiscard]] RowBatch const* rows_of(std::vector<RowBatch> const& batches,
                                      Table const& table) noexcept;

}  // namespace indexer::model
