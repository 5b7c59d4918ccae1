#include <chrono>

#include <gtest/gtest.h>

#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

using namespace std::chrono_literals;

constexpr double kPerSecond = 40;

class SharedRate : public World {
  protected:
    std::unique_ptr<Process> start(std::string const& first, std::string const& last) {
        return start_indexer({"backfill", "--from-slot", first, "--to-slot", last, "--shared-rps",
                              "40", "--concurrency", "8"});
    }
};

// Only the least time is asserted: a slow machine makes fewer calls, never more.
TEST_F(SharedRate, TwoProcessesTogetherKeepToIt) {
    start_node({"--first-slot", "1000", "--slots", "140", "--seed", "5", "--transactions", "2"});
    migrate();
    auto const began = std::chrono::steady_clock::now();
    auto const one = start("1000", "1059");
    auto const other = start("1060", "1119");
    for (auto const* const process : {&one, &other}) {
        auto const done = (*process)->wait();
        EXPECT_EQ(done.exit_code, 0) << done.err;
    }
    std::chrono::duration<double> const elapsed = std::chrono::steady_clock::now() - began;
    // Those before the database is open are not counted, and one turn is free at the start.
    auto const calls = static_cast<double>(node_->calls("getBlock")) - 1;
    EXPECT_GE(calls, 100);
    EXPECT_GE(elapsed.count(), calls / kPerSecond);
    EXPECT_EQ(table("select count(*) from indexer.rate_limits"), "1\n");
}

}  // namespace
}  // namespace indexer::test
