#include "stellar/xdr/decode_error.hpp"

#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace indexer::stellar::xdr {
namespace {

std::string_view text(Defect defect) {
    switch (defect) {
        case Defect::truncated:
            return "the bytes end too early";
        case Defect::trailing_bytes:
            return "bytes are left over";
        case Defect::unknown_case:
            return "a case this program does not know";
        case Defect::bad_flag:
            return "a flag that is neither 0 nor 1";
        case Defect::nonzero_padding:
            return "padding that is not zero";
        case Defect::too_long:
            return "more elements than the type allows";
        case Defect::too_deep:
            return "nested too deep";
        case Defect::too_large:
            return "four gigabytes or more";
    }
    return "";
}

std::string advice(Defect defect) {
    if (defect != Defect::unknown_case && defect != Defect::too_long) return {};
    return "the network may run a newer protocol than this version of indexer; upgrade indexer";
}

}  // namespace

DecodeError::DecodeError(Defect defect, std::string path, std::size_t offset)
    : Error(base::Fault::not_understood, base::Recovery::never,
            fmt::format("xdr: {}: {} at byte {}", path, text(defect), offset), advice(defect)),
      defect_(defect),
      path_(std::move(path)),
      offset_(offset) {
}

}  // namespace indexer::stellar::xdr
