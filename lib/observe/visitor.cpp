#include "observe/visitor.hpp"

#include <array>
#include <cerrno>

#include <poll.h>
#include <sys/socket.h>

namespace indexer::observe {
namespace {

bool is_for_later() noexcept {
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

}  // namespace

short Visitor::events() const noexcept {
    return state_ == State::answered ? POLLOUT : POLLIN;
}

void Visitor::move(Answer const& answer) {
    if (state_ == State::asking && read_some()) take_request(answer);
    if (state_ == State::answered) send_some();
    // Closing at once would take back what was sent when something is left unread.
    while (state_ == State::leaving && read_some()) received_.clear();
}

bool Visitor::read_some() {
    std::array<char, 4096> buffer{};
    auto const count = ::recv(socket(), buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count > 0) {
        received_.append(buffer.data(), static_cast<std::size_t>(count));
        return true;
    }
    if (count == 0 || !is_for_later()) state_ = State::gone;
    return false;
}

void Visitor::take_request(Answer const& answer) {
    bool const whole = is_whole_request(received_);
    if (!whole && received_.size() < kLongestHttpRequest) return;
    auto const request = whole ? read_http_request(received_) : std::nullopt;
    to_send_ = answer(request ? &*request : nullptr);
    received_.clear();
    state_ = State::answered;
}

void Visitor::send_some() {
    auto const count =
        ::send(socket(), to_send_.data(), to_send_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count < 0) {
        if (!is_for_later()) state_ = State::gone;
        return;
    }
    to_send_.erase(0, static_cast<std::size_t>(count));
    if (!to_send_.empty()) return;
    ::shutdown(socket(), SHUT_WR);
    state_ = State::leaving;
}

}  // namespace indexer::observe
