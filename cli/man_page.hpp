#pragma once

#include <string>
#include <utility>

#include <CLI/CLI.hpp>

namespace indexer::cli {

// The COMMANDS section of indexer(1) in mdoc, made from the same definitions as the help. Option
// groups that several commands share are described once, at the first of them.
[[nodiscard]] std::string man_page_commands(CLI::App const& app);

// The METRICS section of indexer-metrics(7), made from the table of observe/metric_table.hpp.
[[nodiscard]] std::string man_page_metrics();

// Thrown by the parser, as it does for help, when the section is asked for.
class ManPage : public CLI::Success {
  public:
    explicit ManPage(std::string text)
        : CLI::Success("ManPage", std::move(text), CLI::ExitCodes::Success) {}
};

}  // namespace indexer::cli
