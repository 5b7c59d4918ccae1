#include "solana/base58.hpp"

#include <algorithm>
#include <span>
#include <vector>

#include "base/uint128.hpp"

namespace indexer::solana::base58 {
namespace {

constexpr std::string_view kAlphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
constexpr std::uint8_t kNoDigit = 0xFF;

constexpr std::array<std::uint8_t, 256> kDigits = [] {
    std::array<std::uint8_t, 256> digits{};
    digits.fill(kNoDigit);
    for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
        digits[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
    }
    return digits;
}();

// 58^10 is the largest power of 58 below 2^64, so ten digits are folded in at a time.
constexpr std::size_t kDigitsPerWord = 10;

constexpr std::array<std::uint64_t, kDigitsPerWord + 1> kPowers = [] {
    std::array<std::uint64_t, kDigitsPerWord + 1> powers{1};
    for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 58;
    return powers;
}();

std::optional<std::uint64_t> parse_word(std::string_view digits) noexcept {
    std::uint64_t value = 0;
    std::uint8_t seen = 0;
    for (char const c : digits) {
        std::uint8_t const digit = kDigits[static_cast<unsigned char>(c)];
        seen |= digit;
        value = value * 58 + digit;
    }
    // Digits are below 64, so only kNoDigit sets a high bit.
    if (seen >= 64) return std::nullopt;
    return value;
}

// number = number * factor + addend; the carry out of its last word. Words from low to high.
std::uint64_t multiply_add(std::span<std::uint64_t> number, std::uint64_t factor,
                           std::uint64_t addend) noexcept {
    for (std::uint64_t& word : number) {
        base::Uint128 const sum = base::Uint128{word} * factor + addend;
        word = static_cast<std::uint64_t>(sum);
        addend = static_cast<std::uint64_t>(sum >> 64);
    }
    return addend;
}

// Parses `text` into `number`, which is zero. False when it is no base58 or does not fit.
bool parse(std::string_view text, std::span<std::uint64_t> number) noexcept {
    std::size_t used = 0;
    while (!text.empty()) {
        auto const digits = text.substr(0, kDigitsPerWord);
        auto const word = parse_word(digits);
        if (!word) return false;
        std::uint64_t const carry = multiply_add(number.first(used), kPowers[digits.size()], *word);
        if (carry != 0) {
            if (used == number.size()) return false;
            number[used++] = carry;
        }
        text.remove_prefix(digits.size());
    }
    return true;
}

std::size_t leading_ones(std::string_view text) noexcept {
    return std::min(text.find_first_not_of('1'), text.size());
}

std::uint8_t byte_of(std::span<std::uint64_t const> number, std::size_t from_low) noexcept {
    return static_cast<std::uint8_t>(number[from_low / 8] >> (from_low % 8 * 8));
}

template <std::size_t Size>
std::optional<std::array<std::uint8_t, Size>> decode_fixed(std::string_view text) noexcept {
    std::array<std::uint64_t, Size / 8> number{};
    if (!parse(text, number)) return std::nullopt;
    std::array<std::uint8_t, Size> bytes;
    for (std::size_t i = 0; i < Size; ++i) bytes[i] = byte_of(number, Size - 1 - i);
    auto const first =
        std::find_if(bytes.begin(), bytes.end(), [](auto byte) { return byte != 0; });
    if (static_cast<std::size_t>(first - bytes.begin()) != leading_ones(text)) return std::nullopt;
    return bytes;
}

// 58^5 fits 32 bits, so that one step of the long division is a 64-bit division by a constant.
constexpr std::uint32_t kDigitsPerStep = 5;
constexpr std::uint64_t kStep = kPowers[kDigitsPerStep];

// number = number / 58^5; the remainder. Words from high to low.
std::uint32_t divide(std::span<std::uint32_t> number) noexcept {
    std::uint64_t remainder = 0;
    for (std::uint32_t& word : number) {
        std::uint64_t const part = remainder << 32 | word;
        word = static_cast<std::uint32_t>(part / kStep);
        remainder = part % kStep;
    }
    return static_cast<std::uint32_t>(remainder);
}

template <std::size_t Size>
std::array<std::uint32_t, Size / 4> words_of(std::array<std::uint8_t, Size> const& bytes) noexcept {
    std::array<std::uint32_t, Size / 4> words{};
    for (std::size_t i = 0; i < Size; ++i) words[i / 4] = words[i / 4] << 8 | bytes[i];
    return words;
}

template <std::size_t Size>
std::string encode_fixed(std::array<std::uint8_t, Size> const& bytes) {
    // 1.38 is a little more than log(256) / log(58).
    std::array<char, Size * 138 / 100 + 1 + kDigitsPerStep> text;
    auto begin = text.end();
    auto words = words_of(bytes);
    for (std::span<std::uint32_t> rest(words); !rest.empty();) {
        std::uint32_t digits = divide(rest);
        for (std::uint32_t i = 0; i < kDigitsPerStep; ++i, digits /= 58) {
            *--begin = kAlphabet[digits % 58];
        }
        while (!rest.empty() && rest.front() == 0) rest = rest.subspan(1);
    }
    begin = std::find_if(begin, text.end(), [](char c) { return c != '1'; });
    auto const zeros =
        std::find_if(bytes.begin(), bytes.end(), [](auto byte) { return byte != 0; });
    std::string result(static_cast<std::size_t>(zeros - bytes.begin()), '1');
    return result.append(begin, text.end());
}

}  // namespace

std::string encode(Bytes32 const& bytes) {
    return encode_fixed(bytes);
}

std::string encode(Bytes64 const& bytes) {
    return encode_fixed(bytes);
}

std::optional<Bytes32> decode32(std::string_view text) noexcept {
    return decode_fixed<32>(text);
}

std::optional<Bytes64> decode64(std::string_view text) noexcept {
    return decode_fixed<64>(text);
}

bool decode(std::string_view text, std::string& bytes) {
    bytes.clear();
    // Ten digits are less than 59 bits. Most data is short and needs no allocation.
    auto const words = text.size() / kDigitsPerWord + 1;
    std::array<std::uint64_t, 16> few{};
    std::vector<std::uint64_t> many(words > few.size() ? words : 0);
    auto const number = many.empty() ? std::span(few).first(words) : std::span(many);
    if (!parse(text, number)) return false;
    std::size_t size = number.size() * 8;
    while (size > 0 && byte_of(number, size - 1) == 0) --size;
    bytes.append(leading_ones(text), '\0');
    while (size > 0) bytes += static_cast<char>(byte_of(number, --size));
    return true;
}

}  // namespace indexer::solana::base58
