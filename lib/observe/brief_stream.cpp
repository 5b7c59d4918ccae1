#include "observe/brief_stream.hpp"

#include <algorithm>
#include <chrono>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace indexer::observe {

BriefStream::BriefStream(socket_t socket, base::Clock::Duration time)
    : socket_(socket), ends_(base::steady_clock().now() + time) {
}

BriefStream::~BriefStream() {
    ::close(socket_);
}

bool BriefStream::wait(short events) const {
    using std::chrono::milliseconds;
    auto const left = std::chrono::ceil<milliseconds>(ends_ - base::steady_clock().now());
    ::pollfd watched{socket_, events, 0};
    return left > milliseconds(0) && ::poll(&watched, 1, static_cast<int>(left.count())) == 1;
}

bool BriefStream::is_readable() const {
    return wait(POLLIN);
}

bool BriefStream::is_writable() const {
    return wait(POLLOUT);
}

ssize_t BriefStream::read(char* to, std::size_t size) {
    return is_readable() ? ::recv(socket_, to, size, MSG_DONTWAIT) : -1;
}

ssize_t BriefStream::write(char const* from, std::size_t size) {
    return is_writable() ? ::send(socket_, from, size, MSG_DONTWAIT | MSG_NOSIGNAL) : -1;
}

void BriefStream::get_remote_ip_and_port(std::string& /*ip*/, int& /*port*/) const {
}

void BriefStream::get_local_ip_and_port(std::string& /*ip*/, int& /*port*/) const {
}

}  // namespace indexer::observe
