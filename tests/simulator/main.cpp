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
#include "tests/simulator/stellar/node.hpp"
#include "tests/simulator/stellar/recorded_ledgers.hpp"

namespace indexer::simulator {
namespace {

// What is served, and the node that serves it; one chain of the two.
struct Served {
    std::unique_ptr<Extent> content;
    std::unique_ptr<Service> service;
};

std::unique_ptr<History> make_history(Options const& options) {
    if (options.recorded.empty()) return std::make_unique<SeededHistory>(options.seeded);
    return std::make_unique<RecordedHistory>(options.recorded, options.seeded.cache_bytes);
}

std::unique_ptr<stellar::Ledgers> make_ledgers(Options const& options) {
    std::string const passphrase = options.network == "testnet"
                                       ? "Test SDF Network ; September 2015"
                                       : "Public Global Stellar Network ; September 2015";
    if (options.recorded.empty()) {
        return std::make_unique<stellar::SeededLedgers>(options.ledgers, passphrase);
    }
    return std::make_unique<stellar::RecordedLedgers>(options.recorded, options.network,
                                                      passphrase);
}

Served serve_chain(Options const& options, base::Clock const& clock) {
    if (options.chain == "stellar") {
        auto ledgers = make_ledgers(options);
        auto node = std::make_unique<stellar::Node>(
            *ledgers,
            stellar::NodeOptions{.window = options.node.window,
                                 .lake = options.lake,
                                 .software = options.software,
                                 .cache_bytes = options.seeded.cache_bytes},
            clock);
        return {std::move(ledgers), std::move(node)};
    }
    auto history = make_history(options);
    auto node = std::make_unique<Node>(*history, options.node, clock);
    return {std::move(history), std::move(node)};
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
    auto const served = serve_chain(options, base::steady_clock());
    StopSignal stop;
    Stats stats;
    Simulator simulator(*served.service, options.simulator, base::steady_clock(), stats, stop);
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
        if (!options.write_lake.empty()) {
            stellar::Lake(*make_ledgers(options), options.lake).write(options.write_lake);
            return 0;
        }
        serve(options);
    } catch (std::exception const& error) {
        fmt::print(stderr, "indexer-simulator: {}\n", error.what());
        return 1;
    }
    return 0;
}

}  // namespace
}  // namespace indexer::simulator

// NOLINTNEXTLINE(bugprone-exception-escape): only saying what went wrong can fail
int main(int argc, char** argv) {
    return indexer::simulator::run(argc, argv);
}
