#include <algorithm>
#include <span>
#include <vector>

#include "base/uint128.hpp"
#include "solana/base58.hpp"

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

}  // namespace

std::optional<Bytes32> decode32(std::string_view text) noexcept {
    return decode_fixed<32>(text);
}

std::optional<Bytes64> decode64(std::string_view text) noexcept {
    return decode_fixed<64>(text);
}

bool decode(std::string_view text, std::string& bytes) {
    bytes.resize(text.size());
    auto const size = decode(text, bytes.data());
    bytes.resize(size.value_or(0));
    return size.has_value();
}

std::optional<std::size_t> decode(std::string_view text, char* out) {
    // Ten digits are less than 59 bits. Most data is short and needs no allocation.
    auto const words = text.size() / kDigitsPerWord + 1;
    std::array<std::uint64_t, 16> few{};
    std::vector<std::uint64_t> many(words > few.size() ? words : 0);
    auto const number = many.empty() ? std::span(few).first(words) : std::span(many);
    if (!parse(text, number)) return std::nullopt;
    std::size_t size = number.size() * 8;
    while (size > 0 && byte_of(number, size - 1) == 0) --size;
    auto const zeros = leading_ones(text);
    out = std::fill_n(out, zeros, '\0');
    for (auto i = size; i > 0; --i) *out++ = static_cast<char>(byte_of(number, i - 1));
    return zeros + size;
}

}  // namespace indexer::solana::base58
