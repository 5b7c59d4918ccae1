#include "embedded/home.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <system_error>

#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"
#include "base/regular_file.hpp"
#include "embedded/failure.hpp"
#include "embedded/secure_path.hpp"

namespace indexer::embedded {
namespace {

namespace fs = std::filesystem;

constexpr auto kBaseOfRoot = "/var/lib/indexer";
constexpr auto kBelowHome = ".local/share/indexer";

struct Data {
    fs::path home;
    int major;
};

// The homes below `base` that hold a complete cluster.
std::vector<Data> existing_data(fs::path const& base) {
    std::vector<Data> found;
    std::error_code absent;
    for (auto const& entry : fs::directory_iterator(base, absent)) {
        auto const version = base::read_regular_file(entry.path() / "data" / "PG_VERSION");
        int const major = version ? std::atoi(version->c_str()) : 0;
        if (major > 0) found.push_back({entry.path(), major});
    }
    return found;
}

std::optional<Account> account_named(char const* name) {
    auto const* const entry = ::getpwnam(name);  // its buffer is shared: see account_for
    if (entry == nullptr) return std::nullopt;
    return Account{entry->pw_uid, entry->pw_gid};
}

base::Error foreign_home(fs::path const& home, uid_t owner) {
    auto const name = name_of(Account{owner, 0});
    return failure(fmt::format("{}: belongs to another user ({})", home.string(), owner),
                   name.empty() ? "give another --data-dir"
                                : fmt::format("run as {}, or give another --data-dir", name));
}

// Called before threads are started.
std::optional<Account> account_for(fs::path const& home) {
    if (::geteuid() != 0) return std::nullopt;
    auto const postgres = account_named("postgres");
    auto const nobody = account_named("nobody");
    struct stat status {};
    if (::lstat(home.c_str(), &status) != 0 || status.st_uid == 0) {
        return postgres ? postgres : nobody;
    }
    for (auto const& account : {postgres, nobody}) {
        if (account && account->user == status.st_uid) return account;
    }
    throw foreign_home(home, status.st_uid);
}

base::Error no_server() {
    return base::Error(base::Fault::database, base::Recovery::never,
                       "embedded: no PostgreSQL server on this machine",
                       "apt-get install postgresql (or give --database-url)");
}

base::Error other_version(Data const& data) {
    return base::Error(
        base::Fault::database, base::Recovery::never,
        fmt::format("embedded: {} was written by PostgreSQL {}, which is not on this machine",
                    data.home.string(), data.major),
        fmt::format("apt-get install postgresql-{}, or move that folder away to begin anew",
                    data.major));
}

}  // namespace

fs::path lasting_base() {
    if (::geteuid() == 0) return kBaseOfRoot;
    auto const* const entry = ::getpwuid(::geteuid());
    if (entry == nullptr || *entry->pw_dir != '/') return {};
    return fs::path(entry->pw_dir) / kBelowHome;
}

std::string name_of(std::optional<Account> const& account) {
    auto const* const entry = ::getpwuid(account ? account->user : ::geteuid());
    return entry == nullptr ? "" : entry->pw_name;
}

fs::path default_base() {
    if (::geteuid() == 0) return kBaseOfRoot;
    char const* const data = std::getenv("XDG_DATA_HOME");
    if (data != nullptr && *data == '/') return fs::path(data) / "indexer";
    char const* const home = std::getenv("HOME");
    if (home != nullptr && *home == '/') return fs::path(home) / kBelowHome;
    throw base::Error(base::Fault::usage, base::Recovery::never,
                      "embedded: no home directory to keep data in",
                      "give --data-dir or --database-url");
}

Home find_home(fs::path const& folder, std::vector<Binaries> const& installed) {
    auto const base = secure_path(folder);
    auto const existing = existing_data(base);
    auto const newest =
        std::max_element(existing.begin(), existing.end(),
                         [](auto const& a, auto const& b) { return a.major < b.major; });
    if (newest == existing.end()) {
        if (installed.empty()) throw no_server();
        auto const& binaries = installed.front();
        auto const home = base / fmt::format("postgresql-{}", binaries.major);
        return {home, binaries, account_for(home)};
    }
    auto const match =
        std::find_if(installed.begin(), installed.end(),
                     [&](Binaries const& binaries) { return binaries.major == newest->major; });
    if (match == installed.end()) throw other_version(*newest);
    return {newest->home, *match, account_for(newest->home)};
}

}  // namespace indexer::embedded
