#include <array>
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "pg/pool.hpp"
#include "solana/tables.hpp"
#include "store/table_rows.hpp"
#include "store/writer.hpp"
#include "tests/bench/copy_session.hpp"
#include "tests/bench/setting.hpp"

// Writing 1,000 rows of solana.transactions: row by row, in chunks of every size, and by COPY, on
// a local server and behind a network of 1 and 20 ms each way. Needs INDEXER_TEST_DATABASE_URL
// (scripts/test-postgres). Rates are rows a second.
namespace indexer::store {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kRows = 1'000;

// 1,000 transactions of one block, as the decoder makes them.
model::Block block_of_rows() {
    model::Block block;
    block.link = {base::Seq(2), "hash2"};
    block.parent = {base::Seq(1), "hash1"};
    model::RowBatch rows(solana::transactions_table());
    std::string const key(43, 'k');
    for (std::int64_t index = 0; index < kRows; ++index) {
        std::string const signature = std::to_string(index * 7'919) + std::string(80, 's');
        rows.append(std::int64_t{2}, index, std::string_view(signature),
                    std::int64_t{1'700'000'000}, std::string_view("0"), false, true, std::nullopt,
                    std::int64_t{5'000}, std::int64_t{0}, std::string_view(key), std::int64_t{1},
                    std::int64_t{20}, std::int64_t{4}, std::int64_t{6}, std::int64_t{200'000},
                    std::nullopt, std::int64_t{41'000}, std::int64_t{45'000}, std::string_view(key),
                    std::nullopt);
    }
    block.rows.push_back(std::move(rows));
    return block;
}

// Each row a statement and a transaction of its own, each waited for.
void row_by_row(benchmark::State& state) {
    if (!test::possible(state)) return;
    test::Setting setting(std::chrono::milliseconds(state.range(0)));
    auto const block = block_of_rows();
    TableRows rows(solana::transactions_table());
    rows.add(block.rows.front());
    rows.arrange();
    for (auto _ : state) {
        state.PauseTiming();
        setting.empty("solana.transactions, indexer.segments");
        auto lease = setting.pool().acquire({});
        state.ResumeTiming();
        for (std::size_t row = 0; row < rows.size(); ++row) {
            auto const columns = rows.columns(row, 1);
            std::vector<pg::Parameter> const parameters(columns.begin(), columns.end());
            lease->execute(rows.table().upsert, parameters, {});
        }
    }
    state.SetItemsProcessed(state.iterations() * kRows);
}
BENCHMARK(row_by_row)->Arg(0)->Arg(1)->Arg(20)->UseRealTime()->Unit(benchmark::kMillisecond);

// As the program writes: one pipeline, chunks of so many rows.
void chunks(benchmark::State& state) {
    if (!test::possible(state)) return;
    test::Setting setting(std::chrono::milliseconds(state.range(0)));
    std::vector<model::Block> group;
    group.push_back(block_of_rows());
    Writer writer(setting.pool(), {"solana", "bench"}, static_cast<std::size_t>(state.range(1)));
    for (auto _ : state) {
        state.PauseTiming();
        setting.empty("solana.transactions, indexer.segments");
        state.ResumeTiming();
        benchmark::DoNotOptimize(writer.write(group, {}));
    }
    state.SetItemsProcessed(state.iterations() * kRows);
}
BENCHMARK(chunks)
    ->ArgsProduct({{0, 1, 20}, {1, 10, 100, 1'000, 5'000}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

// The same rows into the same table by COPY BINARY, the fastest way in.
void copy_binary(benchmark::State& state) {
    if (!test::possible(state)) return;
    test::Setting setting(0us);
    std::vector<model::Block> group;
    group.push_back(block_of_rows());
    Writer(setting.pool(), {"solana", "bench"}, 100).write(group, {});
    test::CopySession session(setting.url());
    auto const data = session.out("solana.transactions");
    for (auto _ : state) {
        state.PauseTiming();
        setting.empty("solana.transactions, indexer.segments");
        state.ResumeTiming();
        session.in("solana.transactions", data);
    }
    state.SetItemsProcessed(state.iterations() * kRows);
}
BENCHMARK(copy_binary)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace indexer::store
