#include "stellar/hex.hpp"

namespace indexer::stellar {

void append_hex(std::string& out, std::string_view bytes) {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    auto const start = out.size();
    out.resize(start + 2 * bytes.size());
    auto* to = out.data() + start;
    for (char const byte : bytes) {
        auto const value = static_cast<unsigned char>(byte);
        *to++ = kDigits[value >> 4];
        *to++ = kDigits[value & 15U];
    }
}

std::string hex(std::string_view bytes) {
    std::string digits;
    append_hex(digits, bytes);
    return digits;
}

}  // namespace indexer::stellar
