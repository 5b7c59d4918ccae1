#include <chrono>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "tests/bench/copy_session.hpp"
#include "tests/bench/setting.hpp"
#include "tests/places.hpp"
#include "tests/support/temp_database.hpp"
#include "tests/world/process.hpp"
#include "tests/world/world.hpp"

// The whole program: blocks of about 3 MB from a simulated node on this machine into PostgreSQL,
// and the same rows into the same empty tables by COPY BINARY, which does not have to fetch and
// decode them. Node, program and server share the machine; the node has made up its blocks before
// time counts. Needs INDEXER_TEST_DATABASE_URL.
namespace indexer::test {
namespace {

constexpr double kMegabyte = 1'000'000;

// Of all programs that were run and have ended.
struct Usage {
    Seconds cpu;
    double peak_bytes;  // of the largest
};

Seconds seconds(timeval const& time) {
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

Usage usage_of_programs() {
    rusage usage{};
    getrusage(RUSAGE_CHILDREN, &usage);
    return {.cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime),
            .peak_bytes = static_cast<double>(usage.ru_maxrss) * 1024};
}

template <class Work>
Seconds timed(Work work) {
    auto const began = std::chrono::steady_clock::now();
    work();
    return std::chrono::steady_clock::now() - began;
}

void indexer(std::vector<std::string> arguments, Process::Environment const& environment) {
    arguments.insert(arguments.begin(), INDEXER_PROGRAM);
    auto const done = run_program(std::move(arguments), environment);
    if (done.exit_code != 0) throw std::runtime_error(done.err);
}

Seconds copy(std::string const& url) {
    CopySession session(url);
    std::map<std::string, std::string> tables;
    for (auto const* const name : {"solana.blocks", "solana.transactions", "solana.token_transfers",
                                   "solana.sol_transfers", "solana.swaps"}) {
        tables[name] = session.out(name);
        query(url, std::string("truncate ") + name);
    }
    query(url, "checkpoint");
    return timed([&] {
        for (auto const& [name, data] : tables) session.in(name, data);
    });
}

// A database with tables, to be filled from a node.
class Target {
  public:
    explicit Target(Simulator const& node)
        : environment_{{"DATABASE_URL", database_.url()}, {"INDEXER_RPC_URL", node.url()}} {
        fill({"migrate"});
    }
    void fill(std::vector<std::string> const& arguments) const { indexer(arguments, environment_); }
    [[nodiscard]] std::string const& url() const noexcept { return database_.url(); }

  private:
    TempDatabase const database_;
    Process::Environment const environment_;
};

// Arguments: blocks, concurrency, milliseconds that the node takes to answer.
void end_to_end(benchmark::State& state) {
    if (!possible(state)) return;
    auto const blocks = std::to_string(state.range(0));
    Simulator const node({"--block-profile", "mainnet", "--skip-rate", "0", "--first-slot", "1",
                          "--slots", blocks, "--threads", "64", "--latency",
                          std::to_string(state.range(2)) + "ms"});
    std::vector<std::string> const backfill{"backfill",
                                            "--from-slot",
                                            "1",
                                            "--to-slot",
                                            blocks,
                                            "--concurrency",
                                            std::to_string(state.range(1)),
                                            "--no-gzip"};
    Target(node).fill(backfill);
    Target const target(node);
    while (state.KeepRunning()) {
        auto const before = usage_of_programs();
        auto const wall = timed([&] { target.fill(backfill); });
        auto const after = usage_of_programs();
        auto const count = static_cast<double>(state.range(0));
        state.SetIterationTime(wall.count());
        state.counters["blocks_per_s"] = count / wall.count();
        state.counters["cpu_ms_per_block"] = (after.cpu - before.cpu).count() * 1'000 / count;
        state.counters["peak_MB"] = after.peak_bytes / kMegabyte;
        state.counters["wall_per_copy"] = wall / copy(target.url());
    }
}
BENCHMARK(end_to_end)->Args({300, 20, 0})->Iterations(1)->UseManualTime()->Unit(benchmark::kSecond);

}  // namespace
}  // namespace indexer::test
