#include "cli/signals.hpp"

#include <csignal>
#include <cstdlib>
#include <initializer_list>

#include <pthread.h>
#include <spdlog/spdlog.h>

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

}  // namespace

Signals::Signals() {
    sigset_t const set = watched();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    thread_ = std::thread([this] { watch(); });
}

Signals::~Signals() {
    pthread_kill(thread_.native_handle(), kFinish);
    thread_.join();
}

void Signals::watch() {
    if (next_signal() == kFinish) return;
    spdlog::warn("stopping: finishing what was fetched; a second signal ends at once");
    stop_.request_stop();
    if (next_signal() == kFinish) return;
    std::_Exit(static_cast<int>(ExitCode::stopped));
}

}  // namespace indexer::cli
