#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace indexer::base {

// Text of a checked kind. Whatever comes from outside (a node's answer, a header, a file, an
// argument) becomes it before it goes to a database, a terminal, a log or a file: valid UTF-8 on
// one line, without what a terminal obeys or what hides other text.

// Room for any honest message; what is longer says no more.
constexpr std::size_t kLongestText = 4'000;

// `bytes` as such text of at most `most` bytes: what is no UTF-8 becomes U+FFFD; control characters
// (C0, DEL, C1), line and paragraph separators and those that change the direction of writing
// become a blank; what is too long is cut between characters and ends with "…".
[[nodiscard]] std::string plain_text(std::string_view bytes, std::size_t most = kLongestText);

// Whether plain_text() would leave it as it is, whatever its length.
[[nodiscard]] bool is_plain_text(std::string_view bytes) noexcept;

// The first character of a text.
struct Character {
    char32_t code;     // U+FFFD for what is no UTF-8
    std::size_t size;  // in bytes; 1 for what is no UTF-8
    bool valid;
};
// As RFC 3629 has it: no surrogates, nothing longer than it need be. Requires: not empty.
[[nodiscard]] Character first_character(std::string_view bytes) noexcept;

// Whether a terminal may obey it instead of showing it: C0, DEL and C1.
[[nodiscard]] constexpr bool is_control(char32_t code) noexcept {
    return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

// U+FFFD, for what cannot be shown.
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

}  // namespace indexer::base
