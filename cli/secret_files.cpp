#include "cli/secret_files.hpp"

#include <cstdlib>
#include <fstream>
#include <optional>
#include <utility>

#include "base/error.hpp"

namespace indexer::cli {
namespace {

std::optional<std::string> environment(std::string const& name) {
    char const* const value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0') return std::nullopt;
    return value;
}

std::string read_value(std::string const& name, std::string const& path) {
    std::ifstream file(path);
    std::string line;
    if (!std::getline(file, line) || line.empty()) {
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          name + ": no value can be read from " + path,
                          "the first line of the file is the value");
    }
    return line;
}

void read_for(CLI::Option& option) {
    std::string const name = option.get_envname();
    if (name.empty() || option.count() > 0) return;
    auto const path = environment(name + "_FILE");
    if (!path) return;
    option.add_result(read_value(name + "_FILE", *path));
    option.run_callback();
}

}  // namespace

bool set_by_environment(std::string const& name) {
    return !name.empty() && (environment(name) || environment(name + "_FILE"));
}

void read_secret_files(CLI::App& app) {
    for (CLI::Option* const option : app.get_options()) read_for(*option);
    for (CLI::App* const chosen : app.get_subcommands()) read_secret_files(*chosen);
}

}  // namespace indexer::cli
