#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "model/column.hpp"
#include "model/row_batch.hpp"

namespace indexer::store {

// A number that a row's cells come down to, the same on every machine: equal rows have equal
// digests, and another value, a null or a cell that moved to the next column gives another one but
// for a chance of 2^-64. It finds damage and mistakes; someone who wants to can make up two rows of
// the same digest.
class RowDigest {
  public:
    // Cells in the order of the table's columns.
    void add_null() noexcept;
    // In front of a cell of a column that was added later; there is nothing where that is null.
    void add_place(std::size_t place) noexcept;
    void add_integer(std::int64_t value) noexcept;  // boolean, int2, int4, int8, timestamptz
    void add_numeric(model::Numeric value) noexcept;
    void add_bytes(std::string_view value) noexcept;  // text, bytea
    // JSON by what it means: neither white space nor the order of keys changes it, as PostgreSQL
    // keeps neither.
    void add_json(std::string_view text);

    [[nodiscard]] std::uint64_t value() const noexcept { return state_; }

  private:
    void fold(std::uint64_t word) noexcept;

    std::uint64_t state_ = 0x9E3779B97F4A7C15U;
};

// Of each row, as it is written. Column by column, so that the rows' chains of multiplications
// overlap: that takes a third of the time of row by row.
[[nodiscard]] std::vector<std::uint64_t> digests_of(model::RowBatch const& rows);

}  // namespace indexer::store
