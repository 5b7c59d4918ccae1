#include "pg/wait.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <string>
#include <system_error>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "pg/error.hpp"

namespace indexer::pg {
namespace {

Error system_failure(std::string const& call) {
    return Error("database: " + call + ": " + std::generic_category().message(errno), "58000");
}

// As poll() wants it: -1 is for ever. Rounded up, lest the last millisecond be spent spinning.
int milliseconds_until(Wait::TimePoint deadline) {
    if (deadline == Wait::TimePoint::max()) return -1;
    auto const left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    constexpr std::chrono::milliseconds::rep kMost = std::numeric_limits<int>::max();
    return static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(left.count(), 0, kMost));
}

}  // namespace

Wait::Event::Event() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (descriptor_ < 0) throw system_failure("eventfd");
}

Wait::Event::~Event() {
    ::close(descriptor_);
}

void Wait::Event::raise() const noexcept {
    ::eventfd_write(descriptor_, 1);
}

Wait::Wait(std::stop_token stop, TimePoint deadline)
    : deadline_(deadline), on_stop_(std::move(stop), Raise{stop_requested_}) {
}

Wait::End Wait::for_socket(int socket, short events) const {
    std::array<pollfd, 2> polled{pollfd{socket, events, 0},
                                 pollfd{stop_requested_.descriptor(), POLLIN, 0}};
    while (true) {
        int const ready = ::poll(polled.data(), polled.size(), milliseconds_until(deadline_));
        if (ready < 0 && errno != EINTR) throw system_failure("poll");
        if (ready < 0) continue;
        if (polled[1].revents != 0) return End::stopped;
        return ready == 0 ? End::late : End::ready;
    }
}

}  // namespace indexer::pg
