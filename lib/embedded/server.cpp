#include "embedded/server.hpp"

#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "base/regular_file.hpp"
#include "embedded/acting.hpp"
#include "embedded/cluster.hpp"
#include "embedded/failure.hpp"
#include "embedded/file_lock.hpp"
#include "embedded/postmaster.hpp"
#include "embedded/secure_path.hpp"
#include "embedded/waiting.hpp"

namespace indexer::embedded {
namespace {

namespace fs = std::filesystem;

// PostgreSQL's pg_ctl hands these paths to a shell, and its configuration file reads quotes.
Home checked(Home home) {
    if (home.directory.native().find_first_of("\"'\\`$,\n") == std::string::npos) return home;
    throw base::Error(base::Fault::usage, base::Recovery::never,
                      "embedded: " + home.directory.string() + ": PostgreSQL cannot work there",
                      "give --data-dir a path without quotes, commas, $ and backslashes");
}

}  // namespace

Server::Server(Home home)
    : home_(checked(std::move(home))), layout_(home_.directory, lasting_base()) {
}

Server Server::in(fs::path const& base) {
    auto const installed = find_binaries(usual_directories());
    return Server(find_home(base.empty() ? default_base() : base, installed));
}

Server::Ready Server::ensure_running(std::stop_token stop) {
    Ready ready{.url = url(), .created = false, .started = false};
    if (running()) return ready;
    make_folders();
    auto const lock = take_lock(stop);
    wait_until([this] { return running() || !occupied(layout_.data); },
               layout_.data.string() + ": used by a server that does not answer", stop);
    if (running()) return ready;
    ready.created = !has_data();
    if (ready.created) make_cluster(home_, layout_, stop);
    start(stop);
    ready.started = true;
    return ready;
}

bool Server::stop(std::stop_token stop) {
    if (!running()) return false;
    auto const lock = take_lock(stop);
    auto const outcome = control({"--mode=fast", "stop"}, std::move(stop));
    if (outcome.succeeded()) return true;
    throw failure(
        fmt::format("{}: cannot be stopped: {}", layout_.data.string(), reason_in(outcome.output)));
}

std::string Server::url() const {
    return layout_.url(name_of(home_.account));
}

bool Server::running() const {
    check_folders();
    Acting const acting(home_.account);
    return takes_connections(layout_, home_.account ? home_.account->user : ::geteuid());
}

bool Server::has_data() const {
    Acting const acting(home_.account);
    return fs::exists(layout_.data);
}

FileLock Server::take_lock(std::stop_token stop) const {
    Acting const acting(home_.account);
    return {layout_.lock, std::move(stop)};
}

// Nothing in the home is believed before nobody but the server's user can have put it there.
void Server::check_folders() const {
    if (secure_path(home_.directory.parent_path()) != home_.directory.parent_path()) {
        throw failure(home_.directory.string() + ": moved while it was looked at");
    }
    check_private_folder(home_.directory, home_.account);
    if (!socket_is_inside()) static_cast<void>(secure_path(layout_.socket_directory.parent_path()));
    check_private_folder(layout_.socket_directory, home_.account);
}

void Server::make_folders() const {
    make_secure_path(home_.directory.parent_path());
    make_private_folder(home_.directory, home_.account);
    if (socket_is_inside()) {
        Acting const acting(home_.account);
        make_private_folder(layout_.socket_directory, home_.account);
    } else {
        make_secure_path(layout_.socket_directory.parent_path());
        make_private_folder(layout_.socket_directory, home_.account);
    }
}

bool Server::socket_is_inside() const {
    return layout_.socket_directory.parent_path() == home_.directory;
}

void Server::start(std::stop_token stop) const {
    forget_dead_server(home_, layout_);
    write_settings(home_, layout_);
    std::error_code absent;
    auto const before = fs::file_size(layout_.log, absent);
    auto const outcome = control({"--log=" + layout_.log.string(), "start"}, std::move(stop));
    if (outcome.succeeded()) return;
    auto const said = base::read_regular_file(layout_.log, absent ? 0 : before).value_or("");
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
