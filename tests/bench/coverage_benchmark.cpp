#include <algorithm>
#include <stdexcept>
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
#include "store/insert_statement.hpp"
#include "store/row_digest.hpp"
#include "store/table_rows.hpp"
#include "store/writer.hpp"
#include "tests/bench/setting.hpp"
#include "tests/world/world.hpp"

// What keeping coverage costs a writer: the same commit groups of blocks of about 3 MB written as
// rows alone, as rows whose digests are taken too, which only verify --deep asks for, and as the
// program does, with links, numbers and order besides. Needs INDEXER_TEST_DATABASE_URL.
namespace indexer::store {
namespace {

constexpr std::uint64_t kBlocks = 48;
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

void write_rows_alone(pg::Pool& pool, Group const& group) {
    auto lease = pool.acquire({});
    pg::Pipeline pipeline(*lease, {});
    for (std::size_t table = 0; table < group.front().rows.size(); ++table) {
        TableRows rows(group.front().rows[table].table());
        auto const insert = insert_statement(rows.table());
        for (model::Block const& block : group) rows.add(block.rows[table]);
        rows.arrange();
        for (std::size_t from = 0; from < rows.size(); from += kBatchSize) {
            auto const columns = rows.columns(from, std::min(kBatchSize, rows.size() - from));
            std::vector<pg::Parameter> const parameters(columns.begin(), columns.end());
            pipeline.add(insert, parameters);
        }
    }
    static_cast<void>(pipeline.commit());
}

void digest_all(Group const& group) {
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

struct Cost {
    double own;
    double server;
    double wall;
};

template <class Work>
Cost cost_of(std::string const& session, Work work) {
    auto const own = own_cpu();
    auto const server = test::cpu_of_session(session);
    auto const began = std::chrono::steady_clock::now();
    work();
    return {.own = (own_cpu() - own).count(),
            .server = (test::cpu_of_session(session) - server).count(),
            .wall = test::Seconds(std::chrono::steady_clock::now() - began).count()};
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// One way of writing, time after time.
class Costs {
  public:
    void add(Cost const& cost) {
        own_.push_back(cost.own);
        server_.push_back(cost.server);
        wall_.push_back(cost.wall);
    }
    [[nodiscard]] double own_ms() const { return median(own_) * 1'000; }
    [[nodiscard]] double server_ms() const { return median(server_) * 1'000; }
    [[nodiscard]] double cpu_ms() const { return own_ms() + server_ms(); }
    [[nodiscard]] double wall_ms() const { return median(wall_) * 1'000; }

  private:
    std::vector<double> own_;
    std::vector<double> server_;
    std::vector<double> wall_;
};

void show(benchmark::State& state, Costs const& rows, Costs const& digested, Costs const& whole) {
    auto const percent = [&](double milliseconds) { return milliseconds / rows.cpu_ms() * 100; };
    state.counters["rows_cpu_ms"] = rows.cpu_ms();
    state.counters["coverage_cpu_percent"] = percent(whole.cpu_ms() - digested.cpu_ms());
    state.counters["coverage_own_ms"] = whole.own_ms() - digested.own_ms();
    state.counters["coverage_server_ms"] = whole.server_ms() - digested.server_ms();
    state.counters["coverage_wall_percent"] =
        (whole.wall_ms() - digested.wall_ms()) / rows.wall_ms() * 100;
    state.counters["digests_cpu_percent"] = percent(digested.own_ms() - rows.own_ms());
}

void keeping_coverage(benchmark::State& state) {
    if (!test::possible(state)) return;
    test::Simulator const node({"--block-profile", "mainnet", "--skip-rate", "0", "--first-slot",
                                "1", "--slots", std::to_string(kBlocks)});
    config::Rpc rpc;
    rpc.endpoints.emplace_back(node.url());
    observe::Metrics metrics({});
    rpc::Client client(rpc, {}, base::steady_clock(), metrics);
    solana::SolanaSource source(client, {});
    auto const groups = fetch_groups(source);

    test::Setting setting(std::chrono::microseconds(0));
    auto const session = std::string(
        setting.pool().acquire({})->execute("select pg_backend_pid()", {}, {}).text(0, 0));
    Writer writer(setting.pool(), {"solana", "bench", source.tables(), 1}, kBatchSize);
    auto const empty = [&] {
        setting.empty(
            "solana.blocks, solana.transactions, solana.token_transfers, solana.sol_transfers, "
            "solana.swaps, indexer.segments, indexer.blocks, indexer.contents");
    };
    // The first group pays for planning statements anew, now that tables were truncated.
    auto const cost_of_writing = [&](auto write) {
        empty();
        write(groups.front());
        return cost_of(session, [&] { std::for_each(groups.begin() + 1, groups.end(), write); });
    };
    auto const rows_alone = [&](Group const& group) { write_rows_alone(setting.pool(), group); };
    auto const with_digests = [&](Group const& group) {
        digest_all(group);
        rows_alone(group);
    };
    Costs rows;
    Costs digested;
    Costs whole;
    for (auto _ : state) {
        rows.add(cost_of_writing(rows_alone));
        digested.add(cost_of_writing(with_digests));
        whole.add(cost_of_writing(
            [&](Group const& group) { static_cast<void>(writer.write(group, {})); }));
    }
    show(state, rows, digested, whole);
}
BENCHMARK(keeping_coverage)->Iterations(30)->Unit(benchmark::kSecond);

}  // namespace
}  // namespace indexer::store
