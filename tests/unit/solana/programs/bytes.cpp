#include "tests/unit/solana/programs/bytes.hpp"

#include <algorithm>

namespace indexer::test {

solana::base58::Bytes32 key(std::string_view name) {
    solana::base58::Bytes32 bytes{};
    if (name.size() >= bytes.size()) return solana::base58::decode32(name).value();
    std::copy(name.begin(), name.end(), bytes.begin());
    return bytes;
}

std::string address(std::string_view name) {
    return solana::base58::encode(key(name));
}

Bytes& Bytes::little_endian(std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) bytes_ += static_cast<char>(value >> 8 * i & 0xff);
    return *this;
}

Bytes& Bytes::key(std::string_view name) {
    auto const bytes = test::key(name);
    bytes_.append(bytes.begin(), bytes.end());
    return *this;
}

Bytes& Bytes::text(std::string_view text) {
    return u32(static_cast<std::uint32_t>(text.size())).append(text);
}

Bytes& Bytes::zeros(std::size_t count) {
    bytes_.append(count, '\0');
    return *this;
}

Bytes& Bytes::append(std::string_view bytes) {
    bytes_ += bytes;
    return *this;
}

Bytes anchor_bytes(std::uint64_t discriminator) {
    Bytes bytes;
    for (int shift = 56; shift >= 0; shift -= 8) {
        bytes.u8(static_cast<std::uint8_t>(discriminator >> shift));
    }
    return bytes;
}

std::string base64_text(std::string_view bytes) {
    constexpr std::string_view kAlphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        auto const group = bytes.substr(i, 3);
        unsigned value = 0;
        for (std::size_t n = 0; n < 3; ++n) {
            auto const byte = n < group.size() ? static_cast<unsigned char>(group[n]) : 0U;
            value = value << 8 | byte;
        }
        for (std::size_t n = 0; n < 4; ++n) {
            text += n <= group.size() ? kAlphabet[value >> (18 - 6 * n) & 63] : '=';
        }
    }
    return text;
}

std::string event_cpi(Bytes const& event) {
    return anchor_bytes(0xe445a52e51cb9a1d).append(event.str()).str();
}

}  // namespace indexer::test
