#include "stellar/base32.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace indexer::stellar {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::uint8_t kNoDigit = 0xFF;

constexpr std::array<std::uint8_t, 256> make_digits() {
    std::array<std::uint8_t, 256> digits{};
    for (auto& digit : digits) digit = kNoDigit;
    for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
        digits[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return digits;
}

constexpr auto kDigits = make_digits();

constexpr std::size_t kGroup = 5;  // bytes that make eight digits

// Up to a group of bytes, as the most significant of 40 bits.
std::uint64_t load(std::string_view bytes) {
    std::uint64_t bits = 0;
    for (char const byte : bytes) bits = (bits << 8) | static_cast<unsigned char>(byte);
    return bits << (8 * (kGroup - bytes.size()));
}

char* put_digits(char* to, std::uint64_t bits, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) *to++ = kAlphabet[(bits >> (35 - 5 * i)) & 31U];
    return to;
}

}  // namespace

void append_base32(std::string& out, std::string_view bytes) {
    auto const start = out.size();
    out.resize(start + (bytes.size() * 8 + 4) / 5);
    auto* to = out.data() + start;
    while (bytes.size() >= kGroup) {
        to = put_digits(to, load(bytes.substr(0, kGroup)), 8);
        bytes.remove_prefix(kGroup);
    }
    put_digits(to, load(bytes), (bytes.size() * 8 + 4) / 5);
}

std::optional<std::string> parse_base32(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size() * 5 / 8);
    std::uint32_t pending = 0;
    int bits = 0;
    for (char const character : text) {
        auto const digit = kDigits[static_cast<unsigned char>(character)];
        if (digit == kNoDigit) return std::nullopt;
        pending = (pending << 5) | digit;
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>((pending >> bits) & 0xFFU);
    }
    // A whole character left over encodes nothing; neither may the rest of the last one.
    if (bits >= 5 || (pending & ((1U << bits) - 1U)) != 0) return std::nullopt;
    return bytes;
}

}  // namespace indexer::stellar
