#include "stellar/base64.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace indexer::stellar {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint32_t kInvalid = 1U << 24;  // above the 24 bits of four digits

// Each of the four digits of a group has its own table, with the bits where they belong.
using Table = std::array<std::uint32_t, 256>;

constexpr Table make_table(unsigned shift) {
    Table table{};
    for (auto& bits : table) bits = kInvalid;
    for (std::uint32_t digit = 0; digit < kAlphabet.size(); ++digit) {
        table[static_cast<unsigned char>(kAlphabet[digit])] = digit << shift;
    }
    return table;
}

constexpr std::array<Table, 4> kTables{make_table(18), make_table(12), make_table(6),
                                       make_table(0)};

std::uint32_t group(char const* at) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < kTables.size(); ++i) {
        bits |= kTables[i][static_cast<unsigned char>(at[i])];
    }
    return bits;
}

std::size_t padding_of(std::string_view text) {
    if (text.empty() || text.back() != '=') return 0;
    return text[text.size() - 2] == '=' ? 2 : 1;
}

char* put(char* to, std::uint32_t bits, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
        *to++ = static_cast<char>((bits >> (16 - 8 * i)) & 255U);
    return to;
}

}  // namespace

bool decode_base64(std::string_view text, std::string& bytes) {
    if (text.size() % 4 != 0) return false;
    auto const padding = padding_of(text);
    bytes.resize(text.size() / 4 * 3 - padding);
    auto* to = bytes.data();
    auto const* at = text.data();
    auto const* const end = at + text.size();
    std::uint32_t seen = 0;
    for (; at != end - (padding > 0 ? 4 : 0); at += 4) {
        auto const bits = group(at);
        seen |= bits;
        to = put(to, bits, 3);
    }
    if (padding > 0) {
        std::array<char, 4> last{at[0], at[1], padding == 2 ? 'A' : at[2], 'A'};
        auto const bits = group(last.data());
        seen |= bits;
        put(to, bits, 3 - padding);
        // The bits that reach no byte must be zero, so that bytes have one text.
        if ((bits & ((1U << (8 * padding)) - 1U)) != 0) return false;
    }
    return (seen & kInvalid) == 0;
}

void append_base64(std::string& out, std::string_view bytes) {
    auto const start = out.size();
    out.resize(start + (bytes.size() + 2) / 3 * 4, '=');
    auto* to = out.data() + start;
    auto const byte = [&](std::size_t i) {
        return i < bytes.size() ? std::uint32_t{static_cast<unsigned char>(bytes[i])} : 0U;
    };
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        auto const bits = byte(at) << 16 | byte(at + 1) << 8 | byte(at + 2);
        auto const digits = std::min<std::size_t>(bytes.size() - at, 3) + 1;
        for (std::size_t i = 0; i < digits; ++i) *to++ = kAlphabet[(bits >> (18 - 6 * i)) & 63U];
        to += 4 - digits;
    }
}

}  // namespace indexer::stellar
