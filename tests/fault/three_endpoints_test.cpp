#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/fault/fault_table.hpp"
#include "tests/world/world.hpp"

namespace indexer::test {
namespace {

using Seconds = std::chrono::duration<double>;

class ThreeEndpoints : public World {
  protected:
    static std::unique_ptr<Simulator> node(std::vector<std::string> const& more = {}) {
        std::vector<std::string> arguments{"--first-slot",   "1000", "--slots",   "2050",
                                           "--seed",         "31",   "--latency", "5ms",
                                           "--transactions", "3"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return std::make_unique<Simulator>(arguments);
    }
    static std::unique_ptr<Simulator> throttled() { return node({"--limit-rps", "300"}); }

    std::unique_ptr<Process> start(std::vector<Simulator const*> const& nodes) {
        std::vector<std::string> arguments{"backfill", "--from-slot",   "1000", "--to-slot",
                                           "2999",     "--concurrency", "20"};
        for (auto const* const one : nodes) {
            arguments.insert(arguments.end(), {"--rpc-url", one->url()});
        }
        return start_indexer(arguments);
    }

    void empty_database() {
        database_.reset();
        database_.emplace();
        migrate();
    }
};

// That it takes little longer than the throttled one needs alone is told, and decides nothing: the
// machine may be busy.
TEST_F(ThreeEndpoints, OneDiesOneThrottlesOneLies) {
    migrate();
    auto const alone = throttled();
    auto began = std::chrono::steady_clock::now();
    ASSERT_EQ(start({alone.get()})->wait().exit_code, 0);
    Seconds const needed = std::chrono::steady_clock::now() - began;
    auto const expected = rows_of(database_->url());
    empty_database();

    auto dying = node();
    auto const throttling = throttled();
    auto const lying = node({"--fault", "bad-link"});
    began = std::chrono::steady_clock::now();
    auto const running = start({dying.get(), throttling.get(), lying.get()});
    while (dying->calls("getBlock") < 200) std::this_thread::yield();
    dying.reset();
    auto const done = running->wait();
    Seconds const took = std::chrono::steady_clock::now() - began;

    EXPECT_EQ(done.exit_code, 0) << done.out << done.err;
    EXPECT_NE(done.out.find("quarantined: " + lying->url()), std::string::npos) << done.out;
    auto const copied = rows_of(database_->url());
    FaultOutcome const outcome{.fault = "of three endpoints one dies, one throttles, one lies",
                               .did = fmt::format("{:.1f} s; the throttled one alone: {:.1f} s",
                                                  took.count(), needed.count()),
                               .missing = not_in(expected, copied),
                               .surplus = not_in(copied, expected),
                               .exit_code = done.exit_code,
                               .message = complaint(done.err)};
    EXPECT_EQ(outcome.missing, 0U);
    EXPECT_EQ(outcome.surplus, 0U);
    tabulate(outcome);
    auto const proven = indexer({"verify", "--deep"});
    EXPECT_EQ(proven.exit_code, 0) << proven.out << proven.err;
}

}  // namespace
}  // namespace indexer::test
