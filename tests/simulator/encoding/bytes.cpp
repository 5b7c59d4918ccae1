#include "tests/simulator/encoding/bytes.hpp"

#include <algorithm>

namespace indexer::simulator {
namespace {

constexpr std::string_view kBase64Alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

unsigned nibble(char c) noexcept {
    return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
}

unsigned byte_at(std::string_view bytes, std::size_t i) noexcept {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
}

}  // namespace

Bytes::Bytes(std::string_view hex) {
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        u8((nibble(hex[i]) << 4U) | nibble(hex[i + 1]));
    }
}

Bytes& Bytes::raw(std::string_view bytes) {
    bytes_ += bytes;
    return *this;
}

Bytes& Bytes::number(std::uint64_t value, unsigned size) {
    for (unsigned i = 0; i < size; ++i) {
        bytes_ += static_cast<char>((value >> (8 * i)) & 0xffU);
    }
    return *this;
}

std::string base64(std::string_view bytes) {
    std::string out((bytes.size() + 2) / 3 * 4, '=');
    auto* to = out.data();
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        unsigned const group =
            (byte_at(bytes, i) << 16U) | (byte_at(bytes, i + 1) << 8U) | byte_at(bytes, i + 2);
        auto const digits = std::min<std::size_t>(bytes.size() - i, 3) + 1;
        for (unsigned digit = 0; digit < digits; ++digit) {
            *to++ = kBase64Alphabet[(group >> (18 - 6 * digit)) & 63U];
        }
    }
    return out;
}

}  // namespace indexer::simulator
