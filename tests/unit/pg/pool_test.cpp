#include "pg/pool.hpp"

#include <future>

#include <gtest/gtest.h>

#include "pg/error.hpp"
#include "tests/support/connection_options.hpp"
#include "tests/support/fake_clock.hpp"

namespace indexer::pg {
namespace {

TEST(PoolWithoutAServer, AFailureToConnectGivesThePlaceToTheNext) {
    test::FakeClock clock;
    PoolOptions const options{
        .max_open = 1, .max_idle = 1, .max_lifetime = {}, .max_idle_time = {}};
    Pool pool(test::connection_options("host=/nonexistent"), options, clock);
    std::vector<std::future<Pool::Lease>> failing;
    for (int i = 0; i < 4; ++i) {
        failing.push_back(std::async(std::launch::async, [&] { return pool.acquire({}); }));
    }
    for (auto& attempt : failing) EXPECT_THROW(attempt.get(), Error);
    EXPECT_EQ(pool.statistics().open, 0U);
    EXPECT_EQ(pool.statistics().in_use, 0U);
}

}  // namespace
}  // namespace indexer::pg
