#include "embedded/postmaster.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <sstream>
#include <string>
#include <system_error>

#include <sys/socket.h>
#include <sys/un.h>

#include "base/descriptor.hpp"
#include "base/regular_file.hpp"
#include "embedded/acting.hpp"

namespace indexer::embedded {
namespace {

namespace fs = std::filesystem;

// Who began to listen there; false also when the system cannot tell.
bool is_of(uid_t user, int client) noexcept {
    ucred peer{};
    socklen_t size = sizeof(peer);
    return ::getsockopt(client, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == user;
}

bool listened_on(fs::path const& socket, uid_t user) noexcept {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    socket.native().copy(address.sun_path, sizeof(address.sun_path) - 1);
    base::Descriptor const client(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    void const* const generic = &address;
    if (::connect(client.number(), static_cast<sockaddr const*>(generic), sizeof(address)) == 0) {
        return is_of(user, client.number());
    }
    return errno == EAGAIN;  // there is a listener, whose queue is full
}

// A line of a lock file, counted from 1 (PostgreSQL's src/include/utils/pidfile.h).
std::string line_of(fs::path const& lock_file, int number) {
    std::istringstream file(base::read_regular_file(lock_file).value_or(""));
    std::string line;
    for (int i = 0; i < number; ++i) {
        if (!std::getline(file, line)) return {};
    }
    return line;
}

bool names_a_process(fs::path const& lock_file) {
    constexpr int kProcess = 1;
    auto const line = line_of(lock_file, kProcess);
    auto const process = static_cast<pid_t>(std::strtol(line.c_str(), nullptr, 10));
    return process > 0 && ::kill(process, 0) == 0;
}

}  // namespace

bool takes_connections(Layout const& layout, uid_t user) {
    constexpr int kStatus = 8;
    return listened_on(layout.socket, user) &&
           line_of(layout.data / "postmaster.pid", kStatus).starts_with("ready");
}

bool occupied(fs::path const& data) {
    std::error_code gone;  // processes end while we look, and others' are closed to us
    auto const home = fs::canonical(data, gone);
    if (gone) return false;
    for (auto const& process : fs::directory_iterator("/proc", gone)) {
        if (fs::read_symlink(process.path() / "cwd", gone) == home && !gone) return true;
    }
    return false;
}

void forget_dead_server(Home const& home, Layout const& layout) {
    Acting const acting(home.account);
    auto const socket_lock = layout.socket.native() + ".lock";
    for (fs::path const& lock_file : {layout.data / "postmaster.pid", fs::path(socket_lock)}) {
        if (names_a_process(lock_file)) fs::remove(lock_file);
    }
}

}  // namespace indexer::embedded
