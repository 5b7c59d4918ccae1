#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/error.hpp"

namespace indexer::stellar::xdr {

// Why bytes are not a value of the type they should be.
enum class Defect : std::uint8_t {
    truncated,        // the bytes end inside the value
    trailing_bytes,   // the value ends before the bytes do
    unknown_case,     // an enumeration or a union of a newer protocol, or garbage
    bad_flag,         // a bool or the presence of an optional is neither 0 nor 1
    nonzero_padding,  // bytes that fill up a word must be zero
    too_long,         // more elements or bytes than the type allows
    too_deep,         // nested deeper than any legal value
    too_large,        // four gigabytes or more
};

// Not understood, and never worth another try with the same bytes.
class DecodeError : public base::Error {
  public:
    DecodeError(Defect defect, std::string path, std::size_t offset);

    [[nodiscard]] Defect defect() const noexcept { return defect_; }
    // Whether a newer protocol may have made it legal: those only add cases and widen limits.
    [[nodiscard]] bool may_be_newer() const noexcept {
        return defect_ == Defect::unknown_case || defect_ == Defect::too_long;
    }
    // Type and fields from the outermost value in: "LedgerCloseMeta.v2.tx_processing[3].result".
    [[nodiscard]] std::string const& path() const noexcept { return path_; }
    // Where the offending word begins, in bytes from the beginning of the outermost value.
    [[nodiscard]] std::size_t offset() const noexcept { return offset_; }

  private:
    Defect defect_;
    std::string path_;
    std::size_t offset_;
};

}  // namespace indexer::stellar::xdr
