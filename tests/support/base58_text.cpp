#include "tests/support/base58_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace indexer::test {
namespace {

constexpr std::size_t kLimbDigits = 5;
constexpr std::uint64_t kBase = 656'356'768;  // 58^5, the largest such power in 32 bits

using Limbs = std::vector<std::uint32_t>;  // a number of base kBase, the last digits first

void append(Limbs& limbs, std::uint64_t factor, std::uint64_t addend) {
    for (std::uint32_t& limb : limbs) {
        addend += limb * factor;
        limb = static_cast<std::uint32_t>(addend % kBase);
        addend /= kBase;
    }
    for (; addend > 0; addend /= kBase) limbs.push_back(static_cast<std::uint32_t>(addend % kBase));
}

Limbs limbs_of(std::string_view bytes) {
    Limbs limbs;
    while (!bytes.empty()) {
        std::uint64_t word = 0;
        std::uint64_t factor = 1;
        for (char const byte : bytes.substr(0, sizeof(std::uint32_t))) {
            word = word << 8 | static_cast<unsigned char>(byte);
            factor <<= 8;
        }
        append(limbs, factor, word);
        bytes.remove_prefix(std::min(bytes.size(), sizeof(std::uint32_t)));
    }
    return limbs;
}

std::array<char, kLimbDigits> digits_of(std::uint32_t limb) {
    constexpr std::string_view kAlphabet =
        "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    std::array<char, kLimbDigits> digits{};
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, limb /= 58) {
        *digit = kAlphabet[limb % 58];
    }
    return digits;
}

}  // namespace

std::string base58_text(std::string_view bytes) {
    auto const zeros = std::min(bytes.find_first_not_of('\0'), bytes.size());
    auto const limbs = limbs_of(bytes);
    std::string digits;
    for (auto left = limbs.size(); left > 0; --left) {
        auto const more = digits_of(limbs[left - 1]);
        digits.append(more.begin(), more.end());
    }
    digits.erase(0, std::min(digits.find_first_not_of('1'), digits.size()));
    return std::string(zeros, '1') + digits;
}

}  // namespace indexer::test
