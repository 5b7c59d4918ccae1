#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "stellar/xdr/decode_error.hpp"
#include "stellar/xdr/type.hpp"
#include "stellar/xdr/value.hpp"

namespace indexer::stellar::xdr {

// The one pass over untrusted bytes: everything a value promises is checked here, and the extents
// that make later walks cheap are written.
class Checker {
  public:
    // Appends to `extents`.
    Checker(std::string_view bytes, std::vector<Extent>& extents);

    // All of the bytes as one value. Throws DecodeError.
    void check_all(Type const& type);

  private:
    // A value being checked and which of its parts, linked to the value around it. Lives on the
    // stack of the recursion; only an error reads it.
    struct Frame {
        Frame const* around;
        Type const* type;
        int depth;
        std::uint32_t part;  // which field or element; the discriminant of a union
    };

    void check(Type const& type, Frame const* around);
    void check_parts(Type const& type, Frame const* around);
    void flag(Frame const* around);
    void enumeration(Type const& type, Frame const* around);
    void content(std::uint32_t length, Frame const* around);
    void structure(Type const& type, Frame const* around);
    void tagged_union(Type const& type, Frame const* around);
    void optional(Type const& type, Frame const* around);
    void elements(Type const& type, std::uint32_t count, Frame const* around);

    std::uint32_t word(Frame const* around);
    std::uint32_t length(Type const& type, Frame const* around);
    void skip(std::uint32_t size, Frame const* around);
    Frame enter(Type const& type, Frame const* around) const;

    [[noreturn]] void fail(Defect defect, Frame const* around) const;
    [[nodiscard]] std::string path(Frame const* frame) const;

    char const* begin_;
    char const* at_;
    char const* end_;
    Type const* root_ = nullptr;
    std::vector<Extent>& extents_;
};

}  // namespace indexer::stellar::xdr
