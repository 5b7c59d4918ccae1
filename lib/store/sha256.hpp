#pragma once

#include <string>
#include <string_view>

namespace indexer::store {

// The 32 bytes, as they are and as 64 hexadecimal digits.
[[nodiscard]] std::string sha256(std::string_view bytes);
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace indexer::store
