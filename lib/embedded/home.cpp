#include "embedded/home.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <system_error>

#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.hpp"

namespace indexer::embedded {
namespace {

namespace fs = std::filesystem;

struct Data {
    fs::path home;
    int major;
};

// The homes below `base` that hold a complete cluster.
std::vector<Data> existing_data(fs::path const& base) {
    std::vector<Data> found;
    std::error_code absent;
    for (auto const& entry : fs::directory_iterator(base, absent)) {
        std::ifstream version(entry.path() / "data" / "PG_VERSION");
        int major = 0;
        if (version >> major) found.push_back({entry.path(), major});
    }
    return found;
}

std::optional<Account> account_named(char const* name) {
    auto const* const entry = ::getpwnam(name);  // its buffer is shared: see account_for
    if (entry == nullptr) return std::nullopt;
    return Account{entry->pw_uid, entry->pw_gid};
}

// Called before threads are started.
std::optional<Account> account_for(fs::path const& home) {
    if (::geteuid() != 0) return std::nullopt;
    struct stat status {};
    if (::stat(home.c_str(), &status) == 0 && status.st_uid != 0) {
        return Account{status.st_uid, status.st_gid};
    }
    auto const postgres = account_named("postgres");
    return postgres ? postgres : account_named("nobody");
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

fs::path default_base() {
    if (::geteuid() == 0) return "/var/lib/indexer";
    char const* const data = std::getenv("XDG_DATA_HOME");
    if (data != nullptr && *data == '/') return fs::path(data) / "indexer";
    char const* const home = std::getenv("HOME");
    if (home != nullptr && *home == '/') return fs::path(home) / ".local/share/indexer";
    throw base::Error(base::Fault::usage, base::Recovery::never,
                      "embedded: no home directory to keep data in",
                      "give --data-dir or --database-url");
}

Home find_home(fs::path const& base, std::vector<Binaries> const& installed) {
    auto const existing = existing_data(base);
    auto const newest =
        std::max_element(existing.begin(), existing.end(),
                         [](auto const& a, auto const& b) { return a.major < b.major; });
    if (newest == existing.end()) {
        if (installed.empty()) throw no_server();
        auto const& binaries = installed.front();
        auto const home = fs::absolute(base) / fmt::format("postgresql-{}", binaries.major);
        return {home, binaries, account_for(home)};
    }
    auto const match =
        std::find_if(installed.begin(), installed.end(),
                     [&](Binaries const& binaries) { return binaries.major == newest->major; });
    if (match == installed.end()) throw other_version(*newest);
    auto const home = fs::absolute(newest->home);
    return {home, *match, account_for(home)};
}

}  // namespace indexer::embedded
