#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace indexer::cli {

// The COMMANDS section of indexer(1) in mdoc, made from the same definitions as the help. Option
// groups that several commands share are described once, at the first of them.
[[nodiscard]] std::string man_page_commands(CLI::App const& app);

}  // namespace indexer::cli
