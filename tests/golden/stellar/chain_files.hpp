#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "stellar/xdr/value.hpp"

namespace indexer::test {

[[nodiscard]] std::filesystem::path stellar_data();

// A file's bytes; those of a .gz file uncompressed.
[[nodiscard]] std::string read_whole(std::filesystem::path const& path);

[[nodiscard]] std::vector<std::string> read_lines(std::filesystem::path const& path);

// The folder's files whose names end so, sorted.
[[nodiscard]] std::vector<std::filesystem::path> files_ending(std::filesystem::path const& folder,
                                                              std::string_view end);

// The one file of a folder whose name is that before its first dot.
[[nodiscard]] std::filesystem::path only_file(std::filesystem::path const& folder,
                                              std::string const& name);

// The name without folder and end.
[[nodiscard]] std::string name_without(std::filesystem::path const& path, std::string_view end);

// Every LedgerCloseMeta of a file, however the file holds them: "…-batch" as a batch, "core-…" as a
// marked stream, others as they are.
void for_each_ledger(std::filesystem::path const& file,
                     std::function<void(stellar::xdr::Value const&)> const& use);

// Decodes base64 and throws when it is none.
[[nodiscard]] std::string from_base64(std::string_view text);

// stellar-xdr-json 27 writes `type_` where SEP-51 and newer versions have `type`.
[[nodiscard]] std::string as_newer_versions_write(std::string_view json);
[[nodiscard]] std::string as_version_27_writes(std::string_view json);

// Says where two long texts part.
[[nodiscard]] ::testing::AssertionResult same_text(std::string_view actual,
                                                   std::string_view expected);

// Whether decoding the bytes as that type gives that JSON text of stellar-xdr-json 27.
[[nodiscard]] ::testing::AssertionResult decodes_to(std::string_view type, std::string_view bytes,
                                                    std::string_view expected_json);

}  // namespace indexer::test
