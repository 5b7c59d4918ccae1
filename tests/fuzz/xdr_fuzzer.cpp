// Any bytes as any of Stellar's types: the first two pick the type. What the decoder lets through
// must be reachable part by part, add up to the bytes it came from, and become JSON.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/json.hpp"
#include "stellar/xdr/schema.hpp"

namespace indexer::stellar::xdr {
namespace {

std::size_t size_of_parts(Value const& value);

std::size_t size_of_elements(Value const& value) {
    std::size_t size = 0;
    for (auto const element : value) size += size_of_parts(element);
    return size;
}

std::size_t size_of_parts(Value const& value) {
    constexpr std::size_t kWord = 4;
    std::size_t size = 0;
    switch (value.type().kind) {
        case Kind::structure:
            for (auto const& field : value.type().fields) size += size_of_parts(value[field.name]);
            return size;
        case Kind::array:
            return size_of_elements(value);
        case Kind::variable_array:
            return kWord + size_of_elements(value);
        case Kind::tagged_union:
            return kWord + (value.content() ? size_of_parts(*value.content()) : 0);
        case Kind::optional:
            return kWord + (value.present() ? size_of_parts(*value.present()) : 0);
        default:
            return value.wire().size();
    }
}

void try_as(Type const& type, std::string_view bytes) {
    Decoder decoder;
    try {
        auto const value = decoder.decode(type, bytes);
        if (value.wire().size() != bytes.size() || size_of_parts(value) != bytes.size()) {
            std::abort();
        }
        if (json_of(value).empty()) std::abort();
    } catch (DecodeError const& error) {
        if (error.offset() > bytes.size()) std::abort();
    }
}

}  // namespace
}  // namespace indexer::stellar::xdr

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it so
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using indexer::stellar::xdr::stellar_schema;
    if (size < 2) return 0;
    auto const& types = stellar_schema().types();
    auto const pick = static_cast<std::size_t>(data[0] << 8 | data[1]) % types.size();
    indexer::stellar::xdr::try_as(types[pick], {reinterpret_cast<char const*>(data) + 2, size - 2});
    return 0;
}
