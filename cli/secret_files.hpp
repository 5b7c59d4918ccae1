#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace indexer::cli {

// Whether the environment sets an option of that name, directly or by a file: NAME or NAME_FILE.
[[nodiscard]] bool set_by_environment(std::string const& name);

// For every option of the command that was chosen whose environment variable NAME is not set, but
// NAME_FILE is: reads the value from that file, as container platforms hand over secrets.
// Throws Fault::usage when the file cannot be read, or is not to be believed (OwnFile). One that
// others may read is read nevertheless, as container platforms make them so, and is told of in
// `warnings`. Call after parsing.
void read_secret_files(CLI::App& app, std::vector<std::string>& warnings);

}  // namespace indexer::cli
