#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/uint128.hpp"

namespace indexer::pg {

// Type oids that never change. Source: PostgreSQL's pg_type.dat.
enum class ElementType : std::uint32_t {
    boolean = 16,
    bytea = 17,
    int8 = 20,
    int2 = 21,
    int4 = 23,
    text = 25,
    timestamptz = 1184,
    numeric = 1700,
    jsonb = 3802,
};

// One statement parameter: a one-dimensional array in PostgreSQL's binary format, built element by
// element. The statement takes one a column: `unnest($1::bigint[], $2::text[])`.
// Source of the format: array_send/array_recv and the *_send functions of PostgreSQL 15.
//
// Each add requires an element type it fits. What the type cannot hold throws pg::Error, and the
// array stays as it was.
class Array {
  public:
    explicit Array(ElementType type);

    // Memory for so many bytes, which spares moving them while elements are added.
    void reserve(std::size_t bytes) { bytes_.reserve(bytes); }

    void add_null();
    void add_integer(std::int64_t value);  // boolean, int2, int4, int8: in the element's width
    void add_timestamp(std::int64_t unix_seconds);
    void add_numeric(base::Uint128 magnitude, bool negative = false);
    void add_bytes(std::string_view value);  // text (without U+0000), jsonb (valid JSON), bytea

    [[nodiscard]] ElementType type() const noexcept { return type_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    // The parameter's bytes; valid until the next add.
    [[nodiscard]] std::string_view bytes() const noexcept { return bytes_; }

  private:
    void count_element() noexcept;

    ElementType type_;
    std::uint32_t size_ = 0;
    std::string bytes_;
};

}  // namespace indexer::pg
