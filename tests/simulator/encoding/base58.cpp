#include "tests/simulator/encoding/base58.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

namespace indexer::simulator {
namespace {

constexpr std::uint64_t kLimb = 656356768;  // 58^5, the largest power below 2^32
constexpr std::size_t kDigitsPerLimb = 5;

std::uint64_t big_endian(std::string_view word) {
    std::uint64_t value = 0;
    for (char const c : word) value = value << 8U | static_cast<unsigned char>(c);
    return value;
}

// Digits in base 58^5, least significant first. Takes four bytes at a time.
std::vector<std::uint32_t> to_limbs(std::string_view bytes) {
    std::vector<std::uint32_t> limbs;
    limbs.reserve(bytes.size() * 2 / 7 + 2);
    for (auto left = bytes.size(); left > 0;) {
        auto const word_size = left % 4 == 0 ? 4 : left % 4;
        std::uint64_t carry = big_endian(bytes.substr(bytes.size() - left, word_size));
        left -= word_size;
        for (std::uint32_t& limb : limbs) {
            carry += std::uint64_t{limb} << 32U;
            limb = static_cast<std::uint32_t>(carry % kLimb);
            carry /= kLimb;
        }
        for (; carry > 0; carry /= kLimb) {
            limbs.push_back(static_cast<std::uint32_t>(carry % kLimb));
        }
    }
    return limbs;
}

// Two digits for each value of twelve bits. Some digits come up twice as often as others.
constexpr auto kPairs = [] {
    std::array<std::array<char, 2>, 4096> pairs{};
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        pairs.at(i) = {kBase58Alphabet[(i >> 6U) * 58 / 64], kBase58Alphabet[(i & 63U) * 58 / 64]};
    }
    return pairs;
}();

void append_random_digits(std::string& out, Random& random, std::size_t pairs) {
    constexpr unsigned kPairsPerNumber = 5;
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < pairs; ++i) {
        number = i % kPairsPerNumber == 0 ? random.next() : number >> 12U;
        out.append(kPairs[number & 4095U].data(), 2);
    }
}

}  // namespace

std::string base58(std::string_view bytes) {
    auto const zeros = std::min(bytes.find_first_not_of('\0'), bytes.size());
    std::string reversed;
    for (std::uint32_t limb : to_limbs(bytes.substr(zeros))) {
        for (std::size_t i = 0; i < kDigitsPerLimb; ++i, limb /= 58) {
            reversed += kBase58Alphabet[limb % 58];
        }
    }
    reversed.erase(reversed.find_last_not_of('1') + 1);
    reversed.append(zeros, '1');
    std::reverse(reversed.begin(), reversed.end());
    return reversed;
}

// 58^43 > 2^248 and 17 * 58^43 < 2^256: 44 digits that begin with one of 1 to 16 are 32 bytes.
void append_random_hash(std::string& out, Random random) {
    auto const start = out.size();
    append_random_digits(out, random, 22);
    out[start] = kBase58Alphabet[random.between(1, 16)];
}

// 58^87 > 2^504 and 5 * 58^87 < 2^512: 88 digits that begin with one of 1 to 4 are 64 bytes.
void append_random_signature(std::string& out, Random random) {
    auto const start = out.size();
    append_random_digits(out, random, 44);
    out[start] = kBase58Alphabet[random.between(1, 4)];
}

std::string_view Key::view() const noexcept {
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

Key random_key(std::uint64_t start) {
    Random random(start);
    Key result;
    for (std::size_t i = 0; i < result.bytes.size(); i += sizeof(std::uint64_t)) {
        std::uint64_t const word = random.next();
        std::memcpy(&result.bytes.at(i), &word, sizeof word);
    }
    return result;
}

}  // namespace indexer::simulator
