#include "solana/programs/byte_reader.hpp"

#include <algorithm>

namespace indexer::solana {

base::Error undecodable(std::string const& what) {
    return {base::Fault::not_understood, base::Recovery::never, what};
}

std::string_view ByteReader::bytes(std::size_t count) {
    if (rest_.size() < count) throw undecodable("ends after " + std::to_string(size_) + " bytes");
    auto const result = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return result;
}

template <class T>
T ByteReader::integer() {
    auto const raw = bytes(sizeof(T));
    std::uint64_t value = 0;
    for (auto i = raw.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(raw[i]);
    return static_cast<T>(value);
}

std::uint8_t ByteReader::u8() {
    return integer<std::uint8_t>();
}

std::uint16_t ByteReader::u16() {
    return integer<std::uint16_t>();
}

std::uint32_t ByteReader::u32() {
    return integer<std::uint32_t>();
}

std::uint64_t ByteReader::u64() {
    return integer<std::uint64_t>();
}

base58::Bytes32 ByteReader::key() {
    base58::Bytes32 key;
    auto const raw = bytes(key.size());
    std::copy(raw.begin(), raw.end(), key.begin());
    return key;
}

}  // namespace indexer::solana
