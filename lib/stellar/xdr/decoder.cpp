#include "stellar/xdr/decoder.hpp"

#include <cstddef>

#include "stellar/xdr/checker.hpp"

namespace indexer::stellar::xdr {

namespace {

// Of the largest ledgers of the main network the extents take half a megabyte.
constexpr std::size_t kKeptExtents = 256U * 1024;

}  // namespace

void Decoder::forget() {
    if (extents_.capacity() > kKeptExtents) extents_ = {};
}

Value Decoder::decode(Type const& type, std::string_view bytes) {
    extents_.clear();
    Checker(bytes, extents_).check_all(type);
    return {type, bytes.data(), extents_.data()};
}

}  // namespace indexer::stellar::xdr
