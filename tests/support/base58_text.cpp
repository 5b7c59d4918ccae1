#include "tests/support/base58_text.hpp"

#include <algorithm>

namespace indexer::test {

// Test data is short, so that the plain way will do.
std::string base58_text(std::string_view bytes) {
    constexpr std::string_view kAlphabet =
        "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    std::string digits;  // of base 58, the last first
    for (char const byte : bytes) {
        unsigned carry = static_cast<unsigned char>(byte);
        for (char& digit : digits) {
            carry += static_cast<unsigned>(digit) * 256;
            digit = static_cast<char>(carry % 58);
            carry /= 58;
        }
        for (; carry > 0; carry /= 58) digits += static_cast<char>(carry % 58);
    }
    auto const zeros = std::min(bytes.find_first_not_of('\0'), bytes.size());
    std::string text(zeros, '1');
    std::reverse(digits.begin(), digits.end());
    for (char const digit : digits) text += kAlphabet[static_cast<std::size_t>(digit)];
    return text;
}

}  // namespace indexer::test
