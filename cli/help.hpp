#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace indexer::cli {

// What help and man page say behind an option's text: " [default: 10] [env: DATABASE_URL]".
[[nodiscard]] std::string option_notes(CLI::Option const& option);

// Help with one line of facts an option; a command's help ends with the options of all commands.
class HelpFormatter final : public CLI::Formatter {
  public:
    [[nodiscard]] std::string make_option_opts(CLI::Option const* option) const override;
    [[nodiscard]] std::string make_option_desc(CLI::Option const* option) const override;
    [[nodiscard]] std::string make_footer(CLI::App const* app) const override;
};

}  // namespace indexer::cli
