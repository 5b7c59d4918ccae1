#include <csignal>
#include <cstdio>
#include <exception>
#include <thread>

#include <fmt/format.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "tests/simulator/history/recorded_history.hpp"
#include "tests/simulator/options.hpp"
#include "tests/simulator/server/http_server.hpp"

namespace indexer::simulator {
namespace {

std::unique_ptr<History> make_history(Options const& options) {
    if (options.recorded.empty()) return std::make_unique<SeededHistory>(options.seeded);
    return std::make_unique<RecordedHistory>(options.recorded, options.seeded.cache_bytes);
}

// The signals that end the program; blocked in every thread, so that main can wait for them.
sigset_t block_signals() {
    sigset_t signals;
    ::sigemptyset(&signals);
    ::sigaddset(&signals, SIGTERM);
    ::sigaddset(&signals, SIGINT);
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

void serve(Options const& options) {
    auto const signals = block_signals();
    auto const history = make_history(options);
    Node node(*history, options.node, base::steady_clock());
    StopSignal stop;
    Stats stats;
    Simulator simulator(node, options.simulator, base::steady_clock(), stats, stop);
    HttpServer server([&](HttpRequest const& request) { return simulator.handle(request); }, stats,
                      stop, options.threads);
    int const port = server.bind(options.port);
    std::thread running([&] { server.run(); });
    fmt::print("listening on http://127.0.0.1:{}\n", port);
    std::fflush(stdout);
    int received = 0;
    ::sigwait(&signals, &received);
    server.stop();
    running.join();
}

// The parent may have ended before the kernel was asked to tell.
bool follow_parent() {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    return ::getppid() != 1;
}

int run(int argc, char** argv) {
    Options options;
    if (auto const code = parse(argc, argv, options)) return *code;
    if (options.die_with_parent && !follow_parent()) return 0;
    try {
        serve(options);
    } catch (std::exception const& error) {
        fmt::print(stderr, "indexer-simulator: {}\n", error.what());
        return 1;
    }
    return 0;
}

}  // namespace
}  // namespace indexer::simulator

int main(int argc, char** argv) {
    return indexer::simulator::run(argc, argv);
}
