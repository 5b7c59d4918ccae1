#include <algorithm>

#include "solana/base58.hpp"

namespace indexer::solana::base58 {
namespace {

constexpr char kAlphabet[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

// Numbers are held in groups of five digits, the highest first: 58^5 is below 2^30, so sums of
// products with 32-bit words fit 64 bits, and the work on different groups does not have to wait
// for one another as it would in a long division.
constexpr std::size_t kDigits = 5;
constexpr std::uint64_t kGroup = 58ULL * 58 * 58 * 58 * 58;

// log2(58^5) is 29.29.
constexpr std::size_t groups_for(std::size_t bytes) noexcept {
    return bytes * 8 * 100 / 2929 + 1;
}

template <std::size_t Groups>
using Number = std::array<std::uint64_t, Groups>;

// Brings every group below 58^5.
template <std::size_t Groups>
constexpr void carry(Number<Groups>& number) noexcept {
    for (std::size_t i = Groups - 1; i > 0; --i) {
        number[i - 1] += number[i] / kGroup;
        number[i] %= kGroup;
    }
}

// What each of the 32-bit words of so many bytes counts for, the highest word first.
template <std::size_t Bytes>
constexpr auto weights() noexcept {
    std::array<Number<groups_for(Bytes)>, Bytes / 4> weights{};
    weights.back().back() = 1;
    for (std::size_t i = weights.size() - 1; i > 0; --i) {
        weights[i - 1] = weights[i];
        for (auto& group : weights[i - 1]) group <<= 32;
        carry(weights[i - 1]);
    }
    return weights;
}

template <std::size_t Bytes>
auto number_of(std::array<std::uint8_t, Bytes> const& bytes) noexcept {
    static constexpr auto kWeights = weights<Bytes>();
    constexpr std::size_t kRowsBeforeCarry = 4;  // 4 x 2^32 x 58^5 and what was there fit 64 bits
    Number<groups_for(Bytes)> number{};
    for (std::size_t row = 0; row < kWeights.size(); ++row) {
        std::uint64_t word = 0;
        for (std::size_t i = 0; i < 4; ++i) word = word << 8 | bytes[4 * row + i];
        for (std::size_t i = 0; i < number.size(); ++i) number[i] += word * kWeights[row][i];
        if (row % kRowsBeforeCarry == kRowsBeforeCarry - 1) carry(number);
    }
    return number;
}

// 58^44 is more than 2^256, and 58^88 more than 2^512.
template <std::size_t Bytes>
using Text = std::array<char, groups_for(Bytes) * kDigits>;

// The result lies at the end of `text`.
template <std::size_t Bytes>
std::string_view encode_fixed(std::array<std::uint8_t, Bytes> const& bytes,
                              Text<Bytes>& text) noexcept {
    char* const end = text.data() + text.size();
    char* at = end;
    auto const number = number_of(bytes);
    for (auto group = number.rbegin(); group != number.rend(); ++group) {
        auto digits = static_cast<std::uint32_t>(*group);
        for (std::size_t i = 0; i < kDigits; ++i, digits /= 58) *--at = kAlphabet[digits % 58];
    }
    auto const zeros = std::find_if(bytes.begin(), bytes.end(), [](auto b) { return b != 0; });
    char const* const first = std::find_if(at, end, [](char c) { return c != '1'; });
    // What stands before the first digit are ones already.
    auto const size = (end - first) + (zeros - bytes.begin());
    return {end - size, static_cast<std::size_t>(size)};
}

}  // namespace

std::string encode(Bytes32 const& bytes) {
    Text<32> text;
    return std::string(encode_fixed(bytes, text));
}

std::string encode(Bytes64 const& bytes) {
    Text<64> text;
    return std::string(encode_fixed(bytes, text));
}

std::string_view encode(Bytes32 const& bytes, Text32& text) noexcept {
    Text<32> work;
    auto const result = encode_fixed(bytes, work);
    std::copy(result.begin(), result.end(), text.begin());
    return {text.data(), result.size()};
}

}  // namespace indexer::solana::base58
