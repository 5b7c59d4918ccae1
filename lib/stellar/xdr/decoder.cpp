#include "stellar/xdr/decoder.hpp"

#include "stellar/xdr/checker.hpp"

namespace indexer::stellar::xdr {

Value Decoder::decode(Type const& type, std::string_view bytes) {
    extents_.clear();
    Checker(bytes, extents_).check_all(type);
    return {type, bytes.data(), extents_.data()};
}

}  // namespace indexer::stellar::xdr
