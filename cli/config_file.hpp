#pragma once

#include <istream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/endpoint_table.hpp"
#include "config/config.hpp"

namespace indexer::cli {

// The config file: TOML, one flat list of long option names for all commands. An option of another
// command is passed over, one that no command knows is an error (Fault::usage). What the
// environment sets is left alone, which CLI11 by itself would overrule. Tables name endpoints, and
// are passed over where the command line or the environment does.
class ConfigFile final : public CLI::ConfigTOML {
  public:
    // Endpoints become those of `rpc`. What is passed must outlive this object; `app` is parsed up
    // to its config file. A file with secrets that others may read is told of in `warnings`.
    ConfigFile(CLI::App const& app, config::Rpc& rpc, std::vector<std::string>& warnings)
        : app_(app), rpc_(rpc), warnings_(warnings) {}

    // The file is opened here again, to be looked at before it is believed (OwnFile).
    [[nodiscard]] std::vector<CLI::ConfigItem> from_config(std::istream& input) const override;

    // What `input` says, as from_config() returns it.
    [[nodiscard]] std::vector<CLI::ConfigItem> items_in(std::istream& input) const;

  private:
    [[nodiscard]] std::string text() const;
    void accept(EndpointTables const& tables, std::vector<CLI::ConfigItem> const& accepted) const;

    CLI::App const& app_;
    config::Rpc& rpc_;
    std::vector<std::string>& warnings_;
};

}  // namespace indexer::cli
