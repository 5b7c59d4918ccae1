#pragma once

#include <string>
#include <string_view>

namespace indexer::test {

// Bytes of any number as base58, which the program itself only ever reads.
[[nodiscard]] std::string base58_text(std::string_view bytes);

}  // namespace indexer::test
