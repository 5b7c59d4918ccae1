#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/memory_budget.hpp"

namespace indexer::stellar {

// What zstd packed. Throws base::Error (not understood) when `packed` is not whole, is larger than
// `most` bytes unpacked, or needs a window that only archives have; no more than that is ever held,
// whatever the frame tells of its size. `memory` grows with what really comes, to `copies` of it;
// throws MemoryShort.
[[nodiscard]] std::string unpack_zstd(std::string_view packed, std::size_t most,
                                      base::MemoryShare& memory, std::size_t copies);

}  // namespace indexer::stellar
