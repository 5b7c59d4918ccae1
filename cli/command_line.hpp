#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/exit_code.hpp"
#include "config/config.hpp"

namespace indexer::cli {

// The program's commands and their options, and what argv, the environment and the config file say
// of them: flags over environment over config file over defaults.
class CommandLine {
  public:
    using Run = ExitCode (*)(config::Options const&, std::stop_token);

    CommandLine();
    CommandLine(CommandLine const&) = delete;
    CommandLine& operator=(CommandLine const&) = delete;

    // Throws CLI::ParseError (help and version are ones too) and base::Error.
    void parse(int argc, char const* const* argv);

    // After parse().
    [[nodiscard]] Run command() const noexcept { return command_; }
    [[nodiscard]] config::Options const& options() const noexcept { return options_; }

    // What the user should know of the files that were read.
    [[nodiscard]] std::vector<std::string> const& warnings() const noexcept { return warnings_; }

    [[nodiscard]] CLI::App const& app() const noexcept { return app_; }

  private:
    void add_content_options(CLI::App& command);
    void add_run_options(CLI::App& command);
    void add_copying();
    void add_proving();
    void add_probing();
    void add_dead_letters();
    void add_schema();
    void add_db();
    CLI::App* add(CLI::App& parent, char const* name, char const* text, Run run);

    config::Options options_;
    std::vector<std::string> warnings_;
    CLI::App app_;
    Run command_ = nullptr;
};

}  // namespace indexer::cli
