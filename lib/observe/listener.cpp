#include "observe/listener.hpp"

#include <cerrno>
#include <cstdint>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/error.hpp"
#include "base/number.hpp"

namespace indexer::observe {
namespace {

base::Error cannot_listen(std::string const& address, std::string_view why, std::string hint) {
    return base::Error(base::Fault::usage, base::Recovery::never,
                       fmt::format("metrics: cannot listen on {}: {}", address, why),
                       std::move(hint));
}

struct Address {
    std::string host;  // as in a URL: an IPv6 address in brackets
    std::uint16_t port;
};

Address parse(std::string const& text) {
    auto const colon = text.rfind(':');
    if (colon != std::string::npos && colon > 0) {
        auto const number = std::string_view(text).substr(colon + 1);
        if (auto const port = base::whole_number<std::uint16_t>(number)) {
            return {text.substr(0, colon), *port};
        }
    }
    throw cannot_listen(text, "not an address", "write it like 127.0.0.1:9464");
}

std::string without_brackets(std::string const& host) {
    return host.front() == '[' && host.back() == ']' ? host.substr(1, host.size() - 2) : host;
}

using Found = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

Found look_up(Address const& address) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* found = nullptr;
    auto const host = without_brackets(address.host);
    auto const port = std::to_string(address.port);
    if (::getaddrinfo(host.c_str(), port.c_str(), &wanted, &found) != 0) found = nullptr;
    return {found, &::freeaddrinfo};
}

// Not valid, with errno set, when it cannot be had.
base::Descriptor listen_on(addrinfo const& place) {
    base::Descriptor socket(::socket(
        place.ai_family, place.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, place.ai_protocol));
    int const yes = 1;
    // A new run may follow an old one at once; not beside it, which SO_REUSEPORT would allow.
    ::setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    bool const listening = socket.valid() &&
                           ::bind(socket.number(), place.ai_addr, place.ai_addrlen) == 0 &&
                           ::listen(socket.number(), SOMAXCONN) == 0;
    if (listening) return socket;
    auto const why = errno;
    socket.close();
    errno = why;
    return socket;
}

int port_of(int socket) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    void* const generic = &address;
    ::getsockname(socket, static_cast<sockaddr*>(generic), &size);
    return ntohs(address.ss_family == AF_INET6 ? static_cast<sockaddr_in6*>(generic)->sin6_port
                                               : static_cast<sockaddr_in*>(generic)->sin_port);
}

}  // namespace

Listener::Listener(std::string const& address) {
    auto const parsed = parse(address);
    auto const found = look_up(parsed);
    errno = 0;
    for (auto const* place = found.get(); place != nullptr && !socket_.valid();
         place = place->ai_next) {
        socket_ = listen_on(*place);
    }
    if (!socket_.valid()) {
        auto const why = std::generic_category().message(errno);
        throw cannot_listen(address, errno == 0 ? "no such host" : why,
                            "choose another port, or 0 for any");
    }
    url_ = fmt::format("http://{}:{}", parsed.host, port_of(socket_.number()));
}

std::optional<base::Descriptor> Listener::accept() const {
    base::Descriptor client(::accept4(socket(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!client.valid()) return std::nullopt;
    return client;
}

}  // namespace indexer::observe
