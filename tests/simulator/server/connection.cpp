#include "tests/simulator/server/connection.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace indexer::simulator {

thread_local Connection* Connection::of_this_thread = nullptr;

Connection::Connection(int socket, StopSignal const& stop) : socket_(socket), stop_(stop) {
    ::fcntl(socket_, F_SETFL, ::fcntl(socket_, F_GETFL) | O_NONBLOCK);
    of_this_thread = this;
}

Connection::~Connection() {
    of_this_thread = nullptr;
    ::close(socket_);
}

bool Connection::wait(short events) const {
    std::array<::pollfd, 2> watched{{{socket_, events, 0}, {stop_.fd(), POLLIN, 0}}};
    while (::poll(watched.data(), watched.size(), -1) < 0 && errno == EINTR) {
    }
    return watched[1].revents == 0;
}

bool Connection::wait_readable() {
    if (begin_ < end_) return true;
    if (!wait(POLLIN)) return false;
    char peeked = 0;
    return ::recv(socket_, &peeked, 1, MSG_PEEK) == 1;
}

void Connection::reset_on_close() noexcept {
    ::linger const at_once{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

void Connection::wait_for_end() {
    static_cast<void>(wait(POLLRDHUP));
}

ssize_t Connection::read(char* to, std::size_t size) {
    while (begin_ == end_) {
        auto const received = ::recv(socket_, buffer_.data(), buffer_.size(), 0);
        if (received < 0 && errno == EAGAIN && wait(POLLIN)) continue;
        if (received <= 0) return received;
        begin_ = 0;
        end_ = static_cast<std::size_t>(received);
    }
    auto const taken = std::min(size, end_ - begin_);
    std::memcpy(to, buffer_.data() + begin_, taken);
    begin_ += taken;
    return static_cast<ssize_t>(taken);
}

ssize_t Connection::write(char const* from, std::size_t size) {
    while (true) {
        auto const sent = ::send(socket_, from, size, MSG_NOSIGNAL);
        if (sent >= 0 || errno != EAGAIN || !wait(POLLOUT)) return sent;
    }
}

// Nobody asks for addresses; the server listens on the loopback interface only.
void Connection::get_remote_ip_and_port(std::string& ip, int& port) const {
    ip = "127.0.0.1";
    port = 0;
}

void Connection::get_local_ip_and_port(std::string& ip, int& port) const {
    ip = "127.0.0.1";
    port = 0;
}

}  // namespace indexer::simulator
