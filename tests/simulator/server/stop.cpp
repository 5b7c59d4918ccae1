#include "tests/simulator/server/stop.hpp"

#include <ctime>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace indexer::simulator {

StopSignal::StopSignal() : fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
}

StopSignal::~StopSignal() {
    ::close(fd_);
}

void StopSignal::set() noexcept {
    ::eventfd_write(fd_, 1);
}

bool StopSignal::wait_for(std::chrono::nanoseconds duration) const noexcept {
    auto const seconds = std::chrono::duration_cast<std::chrono::seconds>(duration);
    ::timespec const timeout{seconds.count(), (duration - seconds).count()};
    ::pollfd watched{fd_, POLLIN, 0};
    return ::ppoll(&watched, 1, &timeout, nullptr) == 0;
}

}  // namespace indexer::simulator
