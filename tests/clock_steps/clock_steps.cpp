#include <atomic>
#include <ctime>

#include <sys/syscall.h>
#include <unistd.h>

// A wall clock that steps an hour back or forth each time a program asks for it, for programs that
// load this first. Every other clock runs as it does.
namespace {

constexpr time_t kStep = 3'600;
std::atomic<int> asked = 0;

}  // namespace

extern "C" int stepping_clock(clockid_t clock, timespec* time) noexcept __asm__("clock_gettime");

extern "C" int stepping_clock(clockid_t clock, timespec* time) noexcept {
    auto const result = static_cast<int>(syscall(SYS_clock_gettime, clock, time));
    bool const wall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
    if (wall && result == 0) time->tv_sec += asked++ % 2 == 0 ? kStep : -kStep;
    return result;
}
