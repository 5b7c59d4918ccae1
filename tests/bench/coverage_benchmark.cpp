#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "base/clock.hpp"
#include "observe/metrics.hpp"
#include "pg/pipeline.hpp"
#include "rpc/client.hpp"
#include "solana/source.hpp"
#include "sql/statements.hpp"
#include "store/block_records.hpp"
#include "store/dataset.hpp"
#include "store/insert_statement.hpp"
#include "store/row_digest.hpp"
#include "store/sha256.hpp"
#include "store/table_rows.hpp"
#include "tests/bench/setting.hpp"
#include "tests/world/world.hpp"

// What keeping coverage costs a writer of blocks of about 3 MB: the CPU time of both sides for
// links, numbers and segments, and for the digests of the transactions' order, which verify
// compares, and of the rows, which verify --deep compares, each as a part of what writing the rows
// alone takes. Each is measured by itself, as they drown in how much the rows' time swings. Needs
// INDEXER_TEST_DATABASE_URL.
namespace indexer::store {
namespace {

constexpr std::uint64_t kBlocks = 160;
// The first groups pay for planning statements, which a session does once.
constexpr std::ptrdiff_t kGroupsBefore = 2;
constexpr std::size_t kBatchSize = config::Pipeline{}.batch_size;

using Group = std::vector<model::Block>;

std::vector<Group> fetch_groups(source::Source& source) {
    std::vector<Group> groups(1);
    std::size_t bytes = 0;
    for (std::uint64_t slot = 1; slot <= kBlocks; ++slot) {
        auto const fetched = source.fetch(base::SeqRange::single(base::Seq(slot)), {});
        for (model::Block& block : source.decode(std::get<source::Answer>(fetched))) {
            bytes += block.bytes();
            groups.back().push_back(std::move(block));
        }
        if (bytes < config::Pipeline{}.group_bytes) continue;
        groups.emplace_back();
        bytes = 0;
    }
    if (groups.back().empty()) groups.pop_back();
    return groups;
}

using Tables = std::vector<TableRows>;

Tables arranged(Group const& group) {
    Tables tables;
    for (std::size_t table = 0; table < group.front().rows.size(); ++table) {
        tables.emplace_back(group.front().rows[table].table());
        for (model::Block const& block : group) tables.back().add(block.rows[table]);
        tables.back().arrange();
    }
    return tables;
}

void write_rows(pg::Connection& session, Tables const& tables) {
    pg::Pipeline pipeline(session, {});
    for (TableRows const& rows : tables) {
        auto const insert = insert_statement(rows.table());
        for (std::size_t from = 0; from < rows.size(); from += kBatchSize) {
            auto const columns = rows.columns(from, std::min(kBatchSize, rows.size() - from));
            std::vector<pg::Parameter> const parameters(columns.begin(), columns.end());
            pipeline.add(insert, parameters);
        }
    }
    static_cast<void>(pipeline.commit());
}

model::Column const& names_in(model::RowBatch const& rows) {
    auto const columns = rows.table().columns;
    auto const name = std::find_if(columns.begin(), columns.end(), [&](auto const& column) {
        return column.name == rows.table().transaction_name;
    });
    return rows.column(static_cast<std::size_t>(name - columns.begin()));
}

void digest_order(Group const& group) {
    for (model::Block const& block : group) {
        std::string names;
        for (model::RowBatch const& rows : block.rows) {
            if (rows.table().transaction_name.empty()) continue;
            auto const& column = names_in(rows);
            for (std::size_t row = 0; row < rows.rows(); ++row) names += column.bytes(row);
        }
        benchmark::DoNotOptimize(sha256(names));
    }
}

void digest_rows(Group const& group) {
    for (model::Block const& block : group) {
        for (model::RowBatch const& rows : block.rows) {
            benchmark::DoNotOptimize(digests_of(rows));
        }
    }
}

test::Seconds own_cpu() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    auto const seconds = [](timeval const& time) {
        return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// CPU time of the program and of its session with the server.
struct Cost {
    test::Seconds own{0};
    test::Seconds server{0};

    Cost& operator+=(Cost const& other) {
        own += other.own;
        server += other.server;
        return *this;
    }
    [[nodiscard]] test::Seconds both() const { return own + server; }
};

template <class Work>
Cost cost_of(std::string const& session, Work work) {
    auto const own = own_cpu();
    auto const server = test::cpu_of_session(session);
    work();
    return {.own = own_cpu() - own, .server = test::cpu_of_session(session) - server};
}

struct Costs {
    Cost rows;
    Cost order;
    Cost digests;
    Cost records;  // which are taken with the digests

    Costs& operator+=(Costs const& other) {
        rows += other.rows;
        order += other.order;
        digests += other.digests;
        records += other.records;
        return *this;
    }
    [[nodiscard]] test::Seconds coverage_own() const {
        return records.own - order.own - digests.own;
    }
    [[nodiscard]] double percent_of_rows(test::Seconds seconds) const {
        return seconds / rows.both() * 100;
    }
};

Costs costs_of_writing(pg::Connection& session, std::string const& pid, Dataset const& dataset,
                       Group const& group) {
    auto const measure = [&](auto work) { return cost_of(pid, work); };
    Costs costs;
    std::optional<Tables> tables;
    costs.rows = measure([&] {
        tables = arranged(group);
        write_rows(session, *tables);
    });
    costs.order = measure([&] { digest_order(group); });
    costs.digests = measure([&] { digest_rows(group); });
    costs.records = measure([&] {
        BlockRecords const records(dataset, group, *tables);
        session.execute(sql::store::add_blocks, records.add_blocks(), {});
    });
    return costs;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

template <class Figure>
double median_of(std::vector<Costs> const& runs, Figure figure) {
    std::vector<double> values;
    std::transform(runs.begin(), runs.end(), std::back_inserter(values), figure);
    return median(std::move(values));
}

void show(benchmark::State& state, std::vector<Costs> const& runs) {
    auto const show = [&](char const* name, auto figure) {
        state.counters[name] = median_of(runs, figure);
    };
    show("rows_cpu_ms", [](Costs const& run) { return run.rows.both().count() * 1'000; });
    show("coverage_own_percent",
         [](Costs const& run) { return run.percent_of_rows(run.coverage_own()); });
    show("coverage_server_percent",
         [](Costs const& run) { return run.percent_of_rows(run.records.server); });
    show("order_percent", [](Costs const& run) { return run.percent_of_rows(run.order.own); });
    show("digests_percent", [](Costs const& run) { return run.percent_of_rows(run.digests.own); });
}

void keeping_coverage(benchmark::State& state) {
    if (!test::possible(state)) return;
    test::Simulator const node({"--block-profile", "mainnet", "--skip-rate", "0", "--first-slot",
                                "1", "--slots", std::to_string(kBlocks)});
    config::Rpc rpc;
    rpc.endpoints.emplace_back(node.url());
    observe::Metrics metrics({});
    base::MemoryBudget memory;
    rpc::Client client(rpc, {}, base::steady_clock(), metrics, memory);
    solana::SolanaSource source(client, {});
    auto const groups = fetch_groups(source);

    test::Setting setting(std::chrono::microseconds(0));
    auto lease = setting.pool().acquire({});
    auto const pid = std::string(lease->execute("select pg_backend_pid()", {}, {}).text(0, 0));
    Dataset const dataset{"solana", "bench", source.tables(), 1};
    std::vector<Costs> runs;
    for (auto _ : state) {
        setting.empty(
            "solana.blocks, solana.transactions, solana.token_transfers, solana.sol_transfers, "
            "solana.swaps, indexer.segments, indexer.blocks, indexer.row_keys, indexer.contents");
        Costs run;
        for (auto group = groups.begin(); group != groups.end(); ++group) {
            auto const costs = costs_of_writing(*lease, pid, dataset, *group);
            if (group - groups.begin() >= kGroupsBefore) run += costs;
        }
        runs.push_back(run);
    }
    show(state, runs);
}
BENCHMARK(keeping_coverage)->Iterations(11)->Unit(benchmark::kSecond);

}  // namespace
}  // namespace indexer::store
