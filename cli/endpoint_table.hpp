#pragma once

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "config/config.hpp"

namespace indexer::cli {

// The endpoints of a config file, each a table of its own:
//
//   [endpoint.archive]
//   url = "https://rpc.example/token"
//   header = ["Authorization: Bearer 1234"]
//   rps = 40
//   weight = 2
class EndpointTables {
  public:
    // Whether the item belongs to one; it is taken then. Throws Fault::usage when it makes no
    // sense.
    bool take(CLI::ConfigItem const& item);

    // In the order of the file. Throws Fault::usage when one lacks its URL.
    [[nodiscard]] std::vector<config::Endpoint> endpoints() const;

  private:
    [[nodiscard]] config::Endpoint& endpoint(std::string const& name);

    std::vector<config::Endpoint> endpoints_;
};

}  // namespace indexer::cli
