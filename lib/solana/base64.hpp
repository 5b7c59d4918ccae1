#pragma once

#include <string>
#include <string_view>

// Base64 with the standard alphabet and padding, the spelling of data in program logs.
namespace indexer::solana::base64 {

// `bytes` is replaced; false, and `bytes` is empty, when the text is not base64.
[[nodiscard]] bool decode(std::string_view text, std::string& bytes);

}  // namespace indexer::solana::base64
