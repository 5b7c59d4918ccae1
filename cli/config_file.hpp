#pragma once

#include <istream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace indexer::cli {

// The config file: TOML, one flat list of long option names for all commands. An option of another
// command is passed over, one that no command knows is an error (Fault::usage). What the
// environment sets is left alone, which CLI11 by itself would overrule.
class ConfigFile final : public CLI::ConfigTOML {
  public:
    // `app` must outlive this object and be parsed up to its config file.
    explicit ConfigFile(CLI::App const& app) : app_(app) {}

    [[nodiscard]] std::vector<CLI::ConfigItem> from_config(std::istream& input) const override;

  private:
    CLI::App const& app_;
};

}  // namespace indexer::cli
