#pragma once

#include <chrono>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>

#include "pg/pool.hpp"
#include "tests/support/temp_database.hpp"
#include "tests/world/slow_path.hpp"

namespace indexer::test {

// A migrated database and one writer's connection to it, directly or by way of a slow network.
class Setting {
  public:
    explicit Setting(std::chrono::microseconds delay);

    void empty(std::string const& tables) const;
    [[nodiscard]] pg::Pool& pool() { return *pool_; }
    [[nodiscard]] std::string const& url() const { return database_.url(); }

  private:
    void reach_by(std::chrono::microseconds delay);

    TempDatabase database_;
    std::unique_ptr<SlowPath> path_;
    pg::ConnectionOptions options_;
    std::unique_ptr<pg::Pool> pool_;
};

// False, and the benchmark is skipped, when no server was named.
[[nodiscard]] bool possible(benchmark::State& state);

using Seconds = std::chrono::duration<double>;

// CPU time of a running session of the server on this machine.
[[nodiscard]] Seconds cpu_of_session(std::string const& pid);
// CPU time of all sessions that have ended.
[[nodiscard]] Seconds cpu_of_ended_sessions(std::string const& url);

}  // namespace indexer::test
