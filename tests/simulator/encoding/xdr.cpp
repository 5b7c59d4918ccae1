#include "tests/simulator/encoding/xdr.hpp"

namespace indexer::simulator {

Xdr& Xdr::number(std::uint64_t value, unsigned size) {
    for (unsigned i = size; i-- > 0;) bytes_ += static_cast<char>((value >> (8 * i)) & 0xffU);
    return *this;
}

Xdr& Xdr::raw(std::string_view bytes) {
    bytes_ += bytes;
    return *this;
}

Xdr& Xdr::bytes(std::string_view bytes) {
    u32(bytes.size()).raw(bytes);
    bytes_.append((4 - bytes.size() % 4) % 4, '\0');
    return *this;
}

Xdr& Xdr::array(std::vector<std::string> const& elements) {
    u32(elements.size());
    for (std::string const& element : elements) raw(element);
    return *this;
}

}  // namespace indexer::simulator
