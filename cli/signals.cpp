#include "cli/signals.hpp"

#include <csignal>
#include <cstdlib>
#include <initializer_list>
#include <mutex>
#include <utility>

#include <pthread.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include "cli/exit_code.hpp"

namespace indexer::cli {
namespace {

// Sent by ~Signals to its own thread.
constexpr int kFinish = SIGUSR1;

sigset_t watched() {
    sigset_t set;
    sigemptyset(&set);
    for (int const signal : {SIGINT, SIGTERM, SIGHUP, kFinish}) sigaddset(&set, signal);
    return set;
}

int next_signal() {
    sigset_t const set = watched();
    int signal = 0;
    sigwait(&set, &signal);
    return signal;
}

std::mutex hangup_mutex;
std::function<void()> hangup_action;

// False when nobody wants it.
bool hang_up() {
    std::lock_guard const lock(hangup_mutex);
    if (!hangup_action) return false;
    hangup_action();
    return true;
}

}  // namespace

OnHangup::OnHangup(std::function<void()> action) {
    std::lock_guard const lock(hangup_mutex);
    hangup_action = std::move(action);
}

OnHangup::~OnHangup() {
    std::lock_guard const lock(hangup_mutex);
    hangup_action = nullptr;
}

Signals::Signals() : on_terminal_(isatty(STDERR_FILENO) == 1) {
    sigset_t const set = watched();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    thread_ = std::thread([this] { watch(); });
}

Signals::~Signals() {
    pthread_kill(thread_.native_handle(), kFinish);
    thread_.join();
}

void Signals::watch() {
    for (int signal = next_signal(); signal != kFinish; signal = next_signal()) {
        if (signal == SIGHUP && !on_terminal_ && hang_up()) continue;
        stop_or_leave();
    }
}

void Signals::stop_or_leave() {
    if (stop_.stop_requested()) std::_Exit(static_cast<int>(ExitCode::stopped));
    spdlog::warn("stopping: finishing what was fetched; a second signal ends at once");
    stop_.request_stop();
}

}  // namespace indexer::cli
