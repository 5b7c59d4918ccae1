#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "embedded/binaries.hpp"
#include "embedded/process.hpp"

namespace indexer::embedded {

// Where a private server lives, what runs it, and as whom.
struct Home {
    std::filesystem::path directory;  // <base>/postgresql-<major>, absolute
    Binaries binaries;
    std::optional<Account> account;  // nothing: the user who runs this program
};

// Where private servers live unless told otherwise: $XDG_DATA_HOME/indexer, else
// ~/.local/share/indexer. For root it is /var/lib/indexer: PostgreSQL refuses to run as root, and
// no other account can reach root's home. Throws Fault::usage when there is no home directory.
[[nodiscard]] std::filesystem::path default_base();

// The home below `base` to use: the newest that holds data, with the binaries of the version that
// wrote it, so that a newer PostgreSQL on the machine never hides the data; without data, one for
// the newest of `installed`. Root's server runs as the owner of the data, or as `postgres`, else
// `nobody`. Makes nothing. Throws Fault::database, with what to do as the hint, when the binaries
// are not on this machine.
[[nodiscard]] Home find_home(std::filesystem::path const& base,
                             std::vector<Binaries> const& installed);

}  // namespace indexer::embedded
