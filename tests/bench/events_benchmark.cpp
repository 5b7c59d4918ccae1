#include <chrono>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "base/clock.hpp"
#include "observe/metrics.hpp"
#include "rpc/client.hpp"
#include "stellar/events/event_source.hpp"
#include "store/table_rows.hpp"
#include "store/writer.hpp"
#include "tests/bench/setting.hpp"
#include "tests/world/world.hpp"

// A thousand events of 200 transactions, from a node that takes 100 ms for every answer: asked for
// one call after the other and written row by row, and as the program does it. The argument is the
// delay of the database, milliseconds each way. Needs INDEXER_TEST_DATABASE_URL.
namespace indexer::stellar {
namespace {

constexpr std::uint64_t kFirst = 1'000;
constexpr std::uint64_t kLedgers = 34;

class Mission {
  public:
    Mission(std::chrono::milliseconds database_delay, unsigned workers)
        : setting_(database_delay),
          options_(options(node_.url(), workers)),
          client_(options_.rpc, options_.breaker, base::steady_clock(), metrics_, memory_),
          source_(client_, options_, base::steady_clock()) {
        (void)source_.network({});
    }

    [[nodiscard]] test::Setting& setting() { return setting_; }
    [[nodiscard]] store::Dataset dataset() const {
        return {"stellar", "bench", source_.tables(), 1};
    }

    void forget() const {
        setting_.empty(
            "stellar.transactions, stellar.operations, stellar.events, stellar.token_operations, "
            "stellar.contract_code, stellar.account_entries, indexer.segments, indexer.blocks");
    }

    [[nodiscard]] std::vector<model::Block> fetch() {
        auto const range =
            base::SeqRange::inclusive(base::Seq(kFirst), base::Seq(kFirst + kLedgers - 1));
        return source_.decode(std::get<source::Answer>(source_.fetch(range, {})));
    }

    // A run counts only with the thousand events in the database.
    void check(benchmark::State& state) const {
        auto const stored = test::query_cell(
            setting_.url(),
            "select count(*) || ' of ' || count(distinct tx_hash) from stellar.events");
        if (stored != "1000 of 200") state.SkipWithError(("events stored: " + stored).c_str());
    }

  private:
    static config::Options options(std::string const& url, unsigned workers) {
        config::Options options;
        options.chain = "stellar";
        options.stellar.topics = {"transfer,**"};
        options.rpc.endpoints = {config::Endpoint(url)};
        options.pipeline.concurrency = workers;
        return options;
    }

    test::Simulator const node_{{"--chain", "stellar", "--first-ledger", std::to_string(kFirst),
                                 "--ledgers", std::to_string(kLedgers), "--seed", "3",
                                 "--transactions", "10", "--call-rate", "1", "--events-per-call",
                                 "5", "--latency", "100ms", "--threads", "64"}};
    test::Setting setting_;
    config::Options const options_;
    observe::Metrics metrics_{{}};
    base::MemoryBudget memory_;
    rpc::Client client_;
    EventSource source_;
};

void write_row_by_row(std::vector<model::Block> const& blocks, pg::Connection& connection) {
    for (model::Block const& block : blocks) {
        for (model::RowBatch const& batch : block.rows) {
            store::TableRows rows(batch.table());
            rows.add(batch);
            rows.arrange();
            for (std::size_t row = 0; row < rows.size(); ++row) {
                auto const columns = rows.columns(row, 1);
                std::vector<pg::Parameter> const parameters(columns.begin(), columns.end());
                connection.execute(rows.table().upsert, parameters, {});
            }
        }
    }
}

// Arguments: database delay.
void events_one_by_one(benchmark::State& state) {
    if (!test::possible(state)) return;
    Mission mission(std::chrono::milliseconds(state.range(0)), 1);
    auto lease = mission.setting().pool().acquire({});
    for (auto _ : state) {
        state.PauseTiming();
        mission.forget();
        state.ResumeTiming();
        write_row_by_row(mission.fetch(), *lease);
    }
    mission.check(state);
}
BENCHMARK(events_one_by_one)
    ->Arg(0)
    ->Arg(1)
    ->Iterations(1)
    ->UseRealTime()
    ->Unit(benchmark::kSecond);

// Arguments: database delay, workers.
void events_by_workers(benchmark::State& state) {
    if (!test::possible(state)) return;
    Mission mission(std::chrono::milliseconds(state.range(0)),
                    static_cast<unsigned>(state.range(1)));
    store::Writer writer(mission.setting().pool(), mission.dataset(), 100);
    for (auto _ : state) {
        state.PauseTiming();
        mission.forget();
        state.ResumeTiming();
        benchmark::DoNotOptimize(writer.write(mission.fetch(), {}));
    }
    mission.check(state);
}
BENCHMARK(events_by_workers)
    ->ArgsProduct({{0, 1}, {10, 20}})
    ->Iterations(3)
    ->UseRealTime()
    ->Unit(benchmark::kSecond);

}  // namespace
}  // namespace indexer::stellar
