#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/uint128.hpp"

namespace indexer::model {

// The PostgreSQL types our tables use, named as PostgreSQL names them.
enum class ColumnType : std::uint8_t {
    boolean,
    int2,
    int4,
    int8,
    timestamptz,  // whole seconds since 1970-01-01 UTC in a cell
    numeric,      // whole numbers of up to 128 bits
    text,
    jsonb,  // JSON text in a cell
    bytea,
};

// A whole number wider than bigint: token amounts (u64) and 128-bit integers.
struct Numeric {
    base::Uint128 magnitude = 0;
    bool negative = false;

    friend bool operator==(Numeric const&, Numeric const&) = default;
};

// The cells of one column, in row order. Integers, wide numbers and bytes live in one flat buffer
// each, so that a block of a thousand rows costs a handful of allocations.
//
// U+0000 and what is no UTF-8, which PostgreSQL's text cannot hold, become U+FFFD in text; in
// jsonb the escape \u0000 is replaced the same way. bytea keeps every byte.
// Not safe for concurrent use.
class Column {
  public:
    explicit Column(ColumnType type) : type_(type) {}

    [[nodiscard]] ColumnType type() const noexcept { return type_; }
    [[nodiscard]] std::size_t size() const noexcept { return null_.size(); }
    // Memory held by the cells, in bytes.
    [[nodiscard]] std::size_t bytes() const noexcept;

    void append_null();
    void append_integer(std::int64_t value);    // boolean, int2, int4, int8, timestamptz
    void append_numeric(Numeric value);         // numeric
    void append_bytes(std::string_view value);  // text, jsonb, bytea

    // Requires: row < size(), and the cell is of that kind.
    [[nodiscard]] bool is_null(std::size_t row) const noexcept { return null_[row]; }
    [[nodiscard]] std::int64_t integer(std::size_t row) const noexcept { return integers_[row]; }
    [[nodiscard]] Numeric numeric(std::size_t row) const noexcept { return numerics_[row]; }
    [[nodiscard]] std::string_view bytes(std::size_t row) const noexcept {
        std::size_t const begin = row == 0 ? 0 : ends_[row - 1];
        return {bytes_.data() + begin, ends_[row] - begin};
    }

  private:
    ColumnType type_;
    std::vector<bool> null_;
    std::vector<std::int64_t> integers_;
    std::vector<Numeric> numerics_;
    std::string bytes_;
    std::vector<std::size_t> ends_;  // of each cell in bytes_
};

// -1, 0 or 1 as cell `a` of `left` sorts before, equals or sorts after cell `b` of `right`: numbers
// by value, text by bytes (COLLATE "C"), null last. Requires: both columns have the same type.
[[nodiscard]] int compare_cells(Column const& left, std::size_t a, Column const& right,
                                std::size_t b) noexcept;

}  // namespace indexer::model
