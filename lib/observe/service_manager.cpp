#include "observe/service_manager.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/number.hpp"

namespace indexer::observe {
namespace {

std::string_view variable(char const* name) {
    char const* const value = std::getenv(name);
    return value == nullptr ? std::string_view{} : value;
}

// $WATCHDOG_PID names the process that is watched; children inherit the variable.
std::optional<base::Clock::Duration> watchdog_interval() {
    auto const pid = base::whole_number<std::int64_t>(variable("WATCHDOG_PID"));
    auto const interval = base::whole_number<std::int64_t>(variable("WATCHDOG_USEC"));
    if (!interval || *interval <= 0 || (pid && *pid != ::getpid())) return std::nullopt;
    return std::chrono::microseconds(*interval);
}

std::string status_text(Standing const& standing) {
    if (!standing.vitals) return summary(standing);
    auto text = fmt::format("{}; {} missing, {} holes", summary(standing), standing.vitals->missing,
                            standing.vitals->holes);
    if (standing.lag) text += fmt::format(", lag {}", *standing.lag);
    return text;
}

}  // namespace

ServiceManager::Contact ServiceManager::contact_from_environment() {
    return {std::string(variable("NOTIFY_SOCKET")), watchdog_interval()};
}

void ServiceManager::report(Standing const& standing) const {
    send(fmt::format("STATUS={}{}", status_text(standing),
                     standing.progressing ? "\nWATCHDOG=1" : ""));
}

void ServiceManager::send(std::string_view message) const {
    std::string const& path = contact_.socket;
    ::sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path) return;
    std::memcpy(address.sun_path, path.data(), path.size());
    if (path.front() == '@') address.sun_path[0] = '\0';
    auto const size = offsetof(::sockaddr_un, sun_path) + path.size();

    int const fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return;
    ::sendto(fd, message.data(), message.size(), MSG_DONTWAIT | MSG_NOSIGNAL,
             reinterpret_cast<::sockaddr const*>(&address), static_cast<::socklen_t>(size));
    ::close(fd);
}

}  // namespace indexer::observe
