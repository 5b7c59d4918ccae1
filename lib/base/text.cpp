#include "base/text.hpp"

#include <algorithm>

namespace indexer::base {
namespace {

constexpr std::string_view kCut = "…";

bool is_of_the_line(char32_t code) noexcept {
    if (is_control(code)) return false;
    bool const separator = code == 0x2028 || code == 0x2029;
    bool const direction = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    return !separator && !direction;
}

unsigned byte_at(std::string_view bytes, std::size_t at) noexcept {
    return static_cast<unsigned char>(bytes[at]);
}

// How many bytes the first one announces; 0 when none begins with it.
std::size_t announced(unsigned first) noexcept {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first < 0xE0) return 2;
    if (first >= 0xE0 && first < 0xF0) return 3;
    return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

bool is_allowed(char32_t code, std::size_t size) noexcept {
    bool const surrogate = code >= 0xD800 && code < 0xE000;
    if (size == 3) return code >= 0x800 && !surrogate;
    return size < 3 || (code >= 0x10000 && code < 0x110000);
}

void append(std::string& text, std::string_view bytes, Character const& character) {
    if (!character.valid) {
        text += kReplacement;
    } else if (is_of_the_line(character.code)) {
        text += bytes.substr(0, character.size);
    } else {
        text += ' ';
    }
}

// Takes characters away from the end until the text is at most `most` bytes long, as it is not.
void cut(std::string& text, std::size_t most) {
    auto end = most;
    while (end > 0 && (byte_at(text, end) & 0xC0U) == 0x80U) --end;
    text.resize(end);
}

}  // namespace

Character first_character(std::string_view bytes) noexcept {
    constexpr Character kInvalid{.code = 0xFFFD, .size = 1, .valid = false};
    auto const first = byte_at(bytes, 0);
    auto const size = announced(first);
    if (size == 0 || size > bytes.size()) return kInvalid;
    if (size == 1) return {first, 1, true};
    char32_t code = first & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        auto const next = byte_at(bytes, i);
        if ((next & 0xC0U) != 0x80U) return kInvalid;
        code = (code << 6U) | (next & 0x3FU);
    }
    return is_allowed(code, size) ? Character{code, size, true} : kInvalid;
}

std::string plain_text(std::string_view bytes, std::size_t most) {
    std::string text;
    text.reserve(std::min(bytes.size(), most + 4));
    while (!bytes.empty() && text.size() <= most) {
        auto const character = first_character(bytes);
        append(text, bytes, character);
        bytes.remove_prefix(character.size);
    }
    if (text.size() <= most) return text;
    bool const is_told = most >= kCut.size();
    cut(text, is_told ? most - kCut.size() : most);
    return text.append(is_told ? kCut : "");
}

bool is_plain_text(std::string_view bytes) noexcept {
    while (!bytes.empty()) {
        auto const character = first_character(bytes);
        if (!character.valid || !is_of_the_line(character.code)) return false;
        bytes.remove_prefix(character.size);
    }
    return true;
}

}  // namespace indexer::base
