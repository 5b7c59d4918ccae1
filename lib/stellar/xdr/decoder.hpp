#pragma once

#include <string_view>
#include <vector>

#include "stellar/xdr/decode_error.hpp"
#include "stellar/xdr/value.hpp"

namespace indexer::stellar::xdr {

// Checks bytes against a type, once and completely, so that whoever reads the value afterwards has
// no checks to make. Keeps its memory from one value to the next, unless that was a very large one;
// not safe for concurrent use.
class Decoder {
  public:
    // All of `bytes` as one value. The value views `bytes` and this decoder. Throws DecodeError;
    // never reads past the end, never reserves memory for a count it has not checked.
    [[nodiscard]] Value decode(Type const& type, std::string_view bytes);

    // The value is not looked at any more.
    void forget();

  private:
    std::vector<Extent> extents_;
};

}  // namespace indexer::stellar::xdr
