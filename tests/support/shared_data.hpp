#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

// Skips the test when the folder of real chain data is not there.
#define INDEXER_REQUIRE_SHARED_DATA()         \
    if (indexer::test::shared_data().empty()) \
    GTEST_SKIP() << "no chain data: set INDEXER_SHARED_DATA"

namespace indexer::test {

// Genuine chain data, which is not part of the project: INDEXER_SHARED_DATA names its folder, else
// ../shared/data beside the sources is taken. Empty when neither is there.
[[nodiscard]] std::filesystem::path shared_data();

// A file's bytes, with simdjson's padding behind them as spare capacity.
[[nodiscard]] std::string read_file(std::filesystem::path const& path);

// The files in `folder` whose names begin with `prefix`, sorted.
[[nodiscard]] std::vector<std::filesystem::path> files_in(std::filesystem::path const& folder,
                                                          std::string const& prefix);

}  // namespace indexer::test
