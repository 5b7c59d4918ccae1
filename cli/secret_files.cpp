#include "cli/secret_files.hpp"

#include <cstdlib>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "cli/own_file.hpp"

namespace indexer::cli {
namespace {

std::optional<std::string> environment(std::string const& name) {
    char const* const value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0') return std::nullopt;
    return value;
}

std::string read_value(std::string const& name, std::string const& path,
                       std::vector<std::string>& warnings) {
    auto const file = read_own_file(name, path);
    auto line = file.text.substr(0, file.text.find('\n'));
    if (line.empty()) {
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          name + ": no value can be read from " + path,
                          "the first line of the file is the value");
    }
    if (file.others_may_read) {
        warnings.push_back(name + ": " + path + " may be read by others: chmod 600 it");
    }
    return line;
}

void read_for(CLI::Option& option, std::vector<std::string>& warnings) {
    std::string const name = option.get_envname();
    if (name.empty() || option.count() > 0) return;
    auto const path = environment(name + "_FILE");
    if (!path) return;
    option.add_result(read_value(name + "_FILE", *path, warnings));
    option.run_callback();
}

}  // namespace

bool set_by_environment(std::string const& name) {
    return !name.empty() && (environment(name) || environment(name + "_FILE"));
}

void read_secret_files(CLI::App& app, std::vector<std::string>& warnings) {
    for (CLI::Option* const option : app.get_options()) read_for(*option, warnings);
    for (CLI::App* const chosen : app.get_subcommands()) read_secret_files(*chosen, warnings);
}

}  // namespace indexer::cli
