#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace indexer::stellar {

// What zstd packed. Throws base::Error (not understood) when `packed` is not whole, or is larger
// than `most` bytes unpacked; no more than that is ever held.
[[nodiscard]] std::string unpack_zstd(std::string_view packed, std::size_t most);

}  // namespace indexer::stellar
