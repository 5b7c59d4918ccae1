#include "embedded/server.hpp"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "embedded/cluster.hpp"
#include "embedded/failure.hpp"
#include "embedded/file_lock.hpp"
#include "embedded/postmaster.hpp"
#include "embedded/waiting.hpp"

namespace indexer::embedded {
namespace {

namespace fs = std::filesystem;

base::Error cannot_make(fs::path const& folder) {
    return failure(fmt::format("{}: {}", folder.string(), std::generic_category().message(errno)),
                   "give --data-dir a folder you may write to");
}

// A folder that only `owner` can enter. One that is there already must be just that, or ours alone,
// as another process has it that is making it right now: in /tmp anyone could have made it.
void make_private_folder(fs::path const& folder, std::optional<Account> const& owner) {
    constexpr mode_t kOwnerOnly = 0700;
    constexpr mode_t kOthers = 0077;
    if (::mkdir(folder.c_str(), kOwnerOnly) != 0 && errno != EEXIST) throw cannot_make(folder);
    struct stat status {};
    bool const is_folder = ::lstat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
    bool const owned = owner && status.st_uid == owner->user;
    bool const ours = status.st_uid == ::geteuid();
    if (!is_folder || !(owned || ours) || (status.st_mode & kOthers) != 0) {
        throw failure(fmt::format("{}: not a folder of the server's user alone", folder.string()),
                      fmt::format("chmod 700 {}, or move it away", folder.string()));
    }
    if (!owner || owned) return;
    if (::lchown(folder.c_str(), owner->user, owner->group) != 0) throw cannot_make(folder);
}

std::string text_from(fs::path const& file, std::uintmax_t offset) {
    std::ifstream input(file);
    input.seekg(static_cast<std::streamoff>(offset));
    return {std::istreambuf_iterator<char>(input), {}};
}

// PostgreSQL's pg_ctl hands these paths to a shell, and its configuration file reads quotes.
Home checked(Home home) {
    if (home.directory.native().find_first_of("\"'\\`$,\n") == std::string::npos) return home;
    throw base::Error(base::Fault::usage, base::Recovery::never,
                      "embedded: " + home.directory.string() + ": PostgreSQL cannot work there",
                      "give --data-dir a path without quotes, commas, $ and backslashes");
}

}  // namespace

Server::Server(Home home) : home_(checked(std::move(home))), layout_(home_.directory) {
}

Server Server::in(fs::path const& base) {
    auto const installed = find_binaries(usual_directories());
    return Server(find_home(base.empty() ? default_base() : base, installed));
}

Server::Ready Server::ensure_running(std::stop_token stop) {
    Ready ready{.url = url(), .created = false, .started = false};
    if (running()) return ready;
    make_folders();
    FileLock const lock(layout_.lock, stop);
    wait_until([this] { return running() || !occupied(layout_.data); },
               layout_.data.string() + ": used by a server that does not answer", stop);
    if (running()) return ready;
    ready.created = !fs::exists(layout_.data);
    if (ready.created) make_cluster(home_, layout_, stop);
    start(stop);
    ready.started = true;
    return ready;
}

bool Server::stop(std::stop_token stop) {
    if (!running()) return false;
    FileLock const lock(layout_.lock, stop);
    auto const outcome = control({"--mode=fast", "stop"}, std::move(stop));
    if (outcome.succeeded()) return true;
    throw failure(
        fmt::format("{}: cannot be stopped: {}", layout_.data.string(), reason_in(outcome.output)));
}

bool Server::running() const {
    return takes_connections(layout_);
}

void Server::make_folders() const {
    auto const base = home_.directory.parent_path();
    std::error_code failed;
    fs::create_directories(base, failed);
    if (failed) throw cannot_make(base);
    make_private_folder(home_.directory, home_.account);
    make_private_folder(layout_.socket_directory, home_.account);
}

void Server::start(std::stop_token stop) const {
    forget_dead_server(layout_);
    write_settings(home_, layout_);
    std::error_code absent;
    auto const before = fs::file_size(layout_.log, absent);
    auto const outcome = control({"--log=" + layout_.log.string(), "start"}, std::move(stop));
    if (outcome.succeeded()) return;
    auto const said = text_from(layout_.log, absent ? 0 : before);
    throw failure(fmt::format("{}: the server does not start: {}", layout_.data.string(),
                              reason_in(said.empty() ? outcome.output : said)),
                  "see " + layout_.log.string());
}

Outcome Server::control(std::vector<std::string> arguments, std::stop_token stop) const {
    arguments.insert(arguments.begin(),
                     {"--pgdata=" + layout_.data.string(), "--wait", "--timeout=600", "--silent"});
    return run({.program = home_.binaries.directory / "pg_ctl",
                .arguments = std::move(arguments),
                .account = home_.account},
               std::move(stop));
}

}  // namespace indexer::embedded
