#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace indexer::stellar {

// Base32 of RFC 4648 without padding, upper case only.
void append_base32(std::string& out, std::string_view bytes);

// Nothing for text that no bytes encode to: other characters, a length that cannot be, or unused
// bits that are not zero.
[[nodiscard]] std::optional<std::string> parse_base32(std::string_view text);

}  // namespace indexer::stellar
