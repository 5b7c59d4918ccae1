#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>

namespace indexer::observe {

// Bytes of this process in memory (Linux's /proc/self/statm); 0 when the system does not say.
[[nodiscard]] std::uint64_t resident_memory();

// Bytes that this process may use at most: the machine's memory, or less where a control group says
// so.
[[nodiscard]] std::uint64_t available_memory();

// What the control groups of a process allow, its own and those around it: `groups` is its
// /proc/self/cgroup, `mount` where they are mounted, version 2 or 1. Source: cgroups(7).
inline constexpr std::uint64_t kNoMemoryLimit = std::numeric_limits<std::uint64_t>::max();
[[nodiscard]] std::uint64_t group_memory_limit(std::filesystem::path const& groups,
                                               std::filesystem::path const& mount);

}  // namespace indexer::observe
