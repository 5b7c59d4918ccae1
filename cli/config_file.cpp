#include "cli/config_file.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "cli/own_file.hpp"
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

// A URL with what is not to be printed, or a header, which mostly is a token.
bool holds_a_secret(std::string const& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        auto const url = line.substr(0, line.find('#')).find("://");
        if (line.starts_with("header")) return true;
        if (url == std::string::npos) continue;
        auto const begin = line.find_last_of(" \"'=", url) + 1;
        auto const quoted = line.substr(begin, line.find_first_of("\"'", begin) - begin);
        auto const shown = base::redacted_url(quoted);
        if (quoted != shown && quoted != shown + '/') return true;
    }
    return false;
}

// What looks like an option's name. Another kind of file may have been named, by who may run this
// program but not read that file.
std::string quoted(std::string const& name) {
    constexpr std::size_t kLongest = 60;
    bool const plain = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    });
    return plain && !name.empty() && name.size() <= kLongest ? name + " is" : "a line is";
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

std::string ConfigFile::text() const {
    auto const path = app_.get_config_ptr()->as<std::string>();
    auto file = read_own_file("config file", path);
    if (file.others_may_read && holds_a_secret(file.text)) {
        warnings_.push_back("config file: " + path +
                            " holds a token or a password, and others may read it: chmod 600 it");
    }
    return std::move(file.text);
}

std::vector<CLI::ConfigItem> ConfigFile::from_config(std::istream& /*input*/) const {
    std::istringstream whole(text());
    return items_in(whole);
}

std::vector<CLI::ConfigItem> ConfigFile::items_in(std::istream& input) const {
    auto const [command, path] = chosen_command(app_);
    std::vector<CLI::ConfigItem> accepted;
    EndpointTables tables;
    for (CLI::ConfigItem& item : CLI::ConfigTOML::from_config(input)) {
        if (tables.take(item)) continue;
        if (!item.parents.empty() || !known_anywhere(app_, item.name)) {
            throw base::Error(base::Fault::usage, base::Recovery::never,
                              "config file: " + quoted(item.fullname()) + " no option",
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
