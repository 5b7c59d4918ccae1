#include "cli/config_file.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "cli/secret_files.hpp"

namespace indexer::cli {
namespace {

constexpr auto kUrls = "rpc-url";

CLI::Option const* find(CLI::App const& app, std::string const& name) {
    return app.get_option_no_throw("--" + name);
}

bool known_anywhere(CLI::App const& app, std::string const& name) {
    if (find(app, name) != nullptr) return true;
    auto const commands = app.get_subcommands([](CLI::App const*) { return true; });
    return std::any_of(commands.begin(), commands.end(),
                       [&](CLI::App const* command) { return known_anywhere(*command, name); });
}

// The command that was chosen, and the names that lead to it.
std::pair<CLI::App const*, std::vector<std::string>> chosen_command(CLI::App const& app) {
    CLI::App const* command = &app;
    std::vector<std::string> path;
    for (auto inner = command->get_subcommands(); !inner.empty();
         inner = command->get_subcommands()) {
        command = inner.front();
        path.push_back(command->get_name());
    }
    return {command, path};
}

}  // namespace

std::vector<CLI::ConfigItem> ConfigFile::from_config(std::istream& input) const {
    auto const [command, path] = chosen_command(app_);
    std::vector<CLI::ConfigItem> accepted;
    EndpointTables tables;
    for (CLI::ConfigItem& item : CLI::ConfigTOML::from_config(input)) {
        if (tables.take(item)) continue;
        if (!item.parents.empty() || !known_anywhere(app_, item.name)) {
            throw base::Error(base::Fault::usage, base::Recovery::never,
                              "config file: " + item.fullname() + " is not an option",
                              "use the long names of indexer --help, without dashes");
        }
        CLI::Option const* const option = find(*command, item.name);
        if (option == nullptr || set_by_environment(option->get_envname())) continue;
        item.parents = path;
        accepted.push_back(std::move(item));
    }
    accept(tables, accepted);
    return accepted;
}

void ConfigFile::accept(EndpointTables const& tables,
                        std::vector<CLI::ConfigItem> const& accepted) const {
    auto const endpoints = tables.endpoints();
    auto const* const urls = find(*chosen_command(app_).first, kUrls);
    if (endpoints.empty() || urls == nullptr) return;
    bool const also = std::any_of(accepted.begin(), accepted.end(),
                                  [](CLI::ConfigItem const& item) { return item.name == kUrls; });
    if (also) {
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          "config file: rpc-url and [endpoint] tables",
                          "write every endpoint as a table, or all of them as rpc-url");
    }
    if (urls->count() == 0 && !set_by_environment(urls->get_envname())) rpc_.endpoints = endpoints;
}

}  // namespace indexer::cli
