#pragma once

#include <string>
#include <string_view>

namespace indexer::stellar {

// Two lower-case digits a byte.
void append_hex(std::string& out, std::string_view bytes);
[[nodiscard]] std::string hex(std::string_view bytes);

}  // namespace indexer::stellar
