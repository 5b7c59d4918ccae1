#include "tests/bench/setting.hpp"

#include <cstdint>
#include <fstream>
#include <string>

#include <unistd.h>

#include "base/clock.hpp"
#include "sql/statements.hpp"
#include "store/migrations.hpp"

namespace indexer::test {
namespace {

using namespace std::chrono_literals;

// Times of all sessions that have ended, user and system, are the 16th and 17th word of
// /proc/PID/stat, in clock ticks. Source: proc(5).
constexpr int kUserTimeOfEndedChildren = 16;

}  // namespace

Setting::Setting(std::chrono::microseconds delay)
    : options_{.url = base::Secret(database_.url()),
               .application_name = "indexer bench",
               .connect_timeout = 10s,
               .statement_timeout = 60s,
               .session_setup = std::string(sql::store::writer_session)} {
    auto session = pg::Connection::open(options_, {});
    store::Migrations().apply(session, {});
    if (delay > 0us) reach_by(delay);
    pool_ = std::make_unique<pg::Pool>(
        options_,
        pg::PoolOptions{.max_open = 1, .max_idle = 1, .max_lifetime = 1h, .max_idle_time = 1h},
        base::steady_clock());
}

void Setting::empty(std::string const& tables) const {
    query(database_.url(), "truncate " + tables);
}

void Setting::reach_by(std::chrono::microseconds delay) {
    auto const folder =
        query_cell(database_.url(), "select current_setting('unix_socket_directories')");
    auto const port = query_cell(database_.url(), "select current_setting('port')");
    path_ = std::make_unique<SlowPath>(folder + "/.s.PGSQL." + port, delay);
    options_.url = base::Secret("postgresql://postgres@127.0.0.1:" + std::to_string(path_->port()) +
                                "/" + database_.name());
}

bool possible(benchmark::State& state) {
    if (TempDatabase::possible()) return true;
    state.SkipWithError("no database: set INDEXER_TEST_DATABASE_URL");
    return false;
}

// Source: Documentation/scheduler/sched-stats of Linux: nanoseconds on the CPU come first.
Seconds cpu_of_session(std::string const& pid) {
    std::ifstream file("/proc/" + pid + "/schedstat");
    std::int64_t on_cpu = 0;
    file >> on_cpu;
    return std::chrono::nanoseconds(on_cpu);
}

Seconds cpu_of_ended_sessions(std::string const& url) {
    auto const postmaster =
        query_cell(url, "select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)");
    std::ifstream stat("/proc/" + postmaster + "/stat");
    std::string word;
    // The second one is the name in parentheses, which may have spaces in it.
    std::getline(stat, word, ')');
    for (int field = 3; field < kUserTimeOfEndedChildren; ++field) stat >> word;
    double user = 0;
    double system = 0;
    stat >> user >> system;
    return Seconds((user + system) / static_cast<double>(sysconf(_SC_CLK_TCK)));
}

}  // namespace indexer::test
