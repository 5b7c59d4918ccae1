#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "stellar/xdr/type.hpp"

namespace indexer::stellar::xdr {

// How far a value reaches: its bytes, and the extents that belong to it (its own and its parts').
// A decoder writes one for each value of Sizing::measured, in the order of the bytes, so that a
// walk steps over any value without reading it.
struct Extent {
    std::uint32_t bytes = 0;
    std::uint32_t extents = 0;
};

class OptionalValue;

// A view of one decoded value: a row decoder walks from it to the parts it needs. Everything was
// checked when it was decoded, so no member fails for what the bytes hold; asking a type for what
// it has not (a field of that name, the bytes of an integer) throws base::Error (internal).
//
// Three words, to be passed by value. Valid as long as the bytes and the Decoder it came from, and
// until that decodes again. Safe for concurrent use.
class Value {
  public:
    class Iterator;

    Value(Type const& type, char const* at, Extent const* extents)
        : type_(&type), at_(at), extents_(extents) {}

    [[nodiscard]] Type const& type() const noexcept { return *type_; }
    // The value as it was encoded, to hash or to keep.
    [[nodiscard]] std::string_view wire() const noexcept { return {at_, extent().bytes}; }

    // Of a structure: the field of that name. Fields in front of it are stepped over, not read.
    [[nodiscard]] Value operator[](std::string_view field) const;

    // Of a union: the arm taken, as SEP-51 names it, and what it holds, if anything.
    [[nodiscard]] std::string_view arm() const;
    [[nodiscard]] std::int32_t discriminant() const;
    [[nodiscard]] OptionalValue content() const;
    // What the arm of that name holds; nothing when another arm was taken.
    [[nodiscard]] OptionalValue when(std::string_view arm) const;

    // Of an optional.
    [[nodiscard]] OptionalValue present() const;

    // Of an array, fixed or not: its elements, each found once.
    [[nodiscard]] std::uint32_t size() const;
    [[nodiscard]] Iterator begin() const;
    [[nodiscard]] Iterator end() const;

    [[nodiscard]] bool flag() const;                // bool
    [[nodiscard]] std::int64_t integer() const;     // int, unsigned int, hyper
    [[nodiscard]] std::uint64_t natural() const;    // unsigned int, unsigned hyper
    [[nodiscard]] std::string_view bytes() const;   // opaque and string, without padding
    [[nodiscard]] std::string_view member() const;  // an enumeration, as SEP-51 names it

  private:
    [[nodiscard]] Extent extent() const noexcept;
    [[nodiscard]] Value part(Type const& type, std::uint32_t offset) const noexcept;
    [[nodiscard]] Value behind(Type const& type) const noexcept;
    [[nodiscard]] Case const& taken() const;
    void require(bool holds, char const* what) const;

    Type const* type_;
    char const* at_;
    Extent const* extents_;  // the first that belongs to no value in front
};

// A value or nothing. Gives the view itself and not a reference to it, so that a loop over
// `*value.present()` is sound, and throws base::Error (internal) where it is used without a value.
class OptionalValue {
  public:
    OptionalValue(std::nullopt_t) {}
    OptionalValue(Value value) : value_(value) {}

    [[nodiscard]] explicit operator bool() const noexcept { return value_.has_value(); }
    [[nodiscard]] Value operator*() const { return get(); }
    [[nodiscard]] Value const* operator->() const { return &get(); }

  private:
    [[nodiscard]] Value const& get() const;

    std::optional<Value> value_;
};

// The elements of an array, first to last.
class Value::Iterator {
  public:
    Iterator(Value at, std::uint32_t left) : at_(at), left_(left) {}

    [[nodiscard]] Value operator*() const noexcept { return at_; }
    Iterator& operator++() noexcept {
        if (--left_ > 0) at_ = at_.behind(at_.type());
        return *this;
    }
    friend bool operator==(Iterator const& a, Iterator const& b) noexcept {
        return a.left_ == b.left_;
    }

  private:
    Value at_;
    std::uint32_t left_;
};

}  // namespace indexer::stellar::xdr
