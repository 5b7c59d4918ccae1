#pragma once

#include <filesystem>
#include <optional>
#include <string>
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

// The same for a user who has no XDG_DATA_HOME and HOME, or others now than at another time: from
// the list of users alone. Empty when they are not in it.
[[nodiscard]] std::filesystem::path lasting_base();

// The name of the user whom the server of `account`, or of this user, runs as; empty when they
// have none.
[[nodiscard]] std::string name_of(std::optional<Account> const& account);

// The home below `folder` to use: the newest that holds data, with the binaries of the version that
// wrote it, so that a newer PostgreSQL on the machine never hides the data; without data, one for
// the newest of `installed`. Root's server runs as `postgres`, else `nobody`: as who owns the data
// of these two. Makes nothing. Throws Fault::database, with what to do as the hint, when the
// binaries are not on this machine, when another user may change the path (secure_path), and when
// what root is to run belongs to another user.
[[nodiscard]] Home find_home(std::filesystem::path const& folder,
                             std::vector<Binaries> const& installed);

}  // namespace indexer::embedded
