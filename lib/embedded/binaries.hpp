#pragma once

#include <filesystem>
#include <vector>

namespace indexer::embedded {

// A PostgreSQL server on this machine: the folder that holds initdb, pg_ctl and postgres.
struct Binaries {
    std::filesystem::path directory;
    int major;
};

// The folders a PostgreSQL server may lie in: those of PATH, what `pg_config --bindir` says, and
// where Debian (/usr/lib/postgresql/*/bin) and Red Hat (/usr/pgsql-*/bin) install it.
[[nodiscard]] std::vector<std::filesystem::path> usual_directories();

// The servers in `directories`, newest first, each once. Asks each for its version.
[[nodiscard]] std::vector<Binaries> find_binaries(
    std::vector<std::filesystem::path> const& directories);

}  // namespace indexer::embedded
