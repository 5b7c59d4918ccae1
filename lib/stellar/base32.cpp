#include "stellar/base32.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

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

// Two digits at a time: addresses are most of what a ledger is in text.
using Pair = std::array<char, 2>;

constexpr std::array<Pair, 32 * 32> make_pairs() {
    std::array<Pair, 32 * 32> pairs{};
    for (std::size_t i = 0; i < pairs.size(); ++i)
        pairs[i] = {kAlphabet[i / 32], kAlphabet[i % 32]};
    return pairs;
}

constexpr auto kPairs = make_pairs();

constexpr std::size_t kGroup = 5;  // bytes that make eight digits
constexpr std::size_t kGroupDigits = 8;

// Up to a group of bytes, as the most significant of 40 bits.
std::uint64_t load(std::string_view bytes) {
    std::uint64_t bits = 0;
    for (char const byte : bytes) bits = (bits << 8) | static_cast<unsigned char>(byte);
    return bits << (8 * (kGroup - bytes.size()));
}

void put_group(char* to, std::uint64_t bits) {
    for (int shift = 30; shift >= 0; shift -= 10, to += 2) {
        std::memcpy(to, kPairs[(bits >> shift) & 1023U].data(), 2);
    }
}

}  // namespace

void append_base32(std::string& out, std::string_view bytes) {
    auto const start = out.size();
    auto const digits = (bytes.size() * 8 + 4) / 5;
    out.resize(start + (bytes.size() + kGroup - 1) / kGroup * kGroupDigits);
    for (auto* to = out.data() + start; !bytes.empty(); to += kGroupDigits) {
        auto const group = bytes.substr(0, kGroup);
        put_group(to, load(group));
        bytes.remove_prefix(group.size());
    }
    out.resize(start + digits);  // without those that say nothing
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
