#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace indexer::base {

// What stands in a regular file from `offset` on, at most `most` bytes of it. Nothing for what is
// no regular file, symbolic links included, and for what cannot be read. Never waits, as reading a
// pipe would: for files in a folder that others may write to.
[[nodiscard]] std::optional<std::string> read_regular_file(std::filesystem::path const& file,
                                                           std::uint64_t offset = 0,
                                                           std::size_t most = 64UL * 1024);

// All that `descriptor` gives until its end; nothing when it cannot be read, or gives more than
// `most` bytes.
[[nodiscard]] std::optional<std::string> read_all(int descriptor, std::size_t most);

}  // namespace indexer::base
