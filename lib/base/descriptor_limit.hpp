#pragma once

#include <cstdint>

namespace indexer::base {

// Makes room for `wanted` open files and connections, as far as this process may raise its limit
// itself, and returns how many it may have open then. Never lowers it.
[[nodiscard]] std::uint64_t make_room_for_descriptors(std::uint64_t wanted) noexcept;

}  // namespace indexer::base
