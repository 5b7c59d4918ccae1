#pragma once

#include <cstdint>

namespace indexer::observe {

// Bytes of this process in memory (Linux's /proc/self/statm); 0 when the system does not say.
[[nodiscard]] std::uint64_t resident_memory();

}  // namespace indexer::observe
