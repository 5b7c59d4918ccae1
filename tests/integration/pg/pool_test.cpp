#include "pg/pool.hpp"

#include <atomic>
#include <future>
#include <thread>

#include "tests/integration/pg/pg_test.hpp"
#include "tests/support/fake_clock.hpp"

namespace indexer::pg {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class PoolTest : public PgTest {
  protected:
    void make(PoolOptions wanted) { pool_.emplace(options(), wanted, clock_); }
    // Takes a connection, and gives it back when the result is dropped.
    Pool::Lease take() { return pool_->acquire({}); }
    // Which session of the server a connection is.
    static std::string session_of(Pool::Lease const& lease) {
        return std::string(lease->execute("select pg_backend_pid()", {}, {}).text(0, 0));
    }
    std::string open_sessions() const {
        return cell(
            "select count(*) from pg_stat_activity where datname = current_database() "
            "and application_name = 'indexer-test'");
    }

    static constexpr PoolOptions kUsual{
        .max_open = 5, .max_idle = 2, .max_lifetime = hours(1), .max_idle_time = minutes(10)};
    test::FakeClock clock_;
    std::optional<Pool> pool_;
};

TEST_F(PoolTest, OpensOnDemandAndUsesAgain) {
    make(kUsual);
    EXPECT_EQ(open_sessions(), "0");
    auto const first = session_of(take());
    EXPECT_EQ(session_of(take()), first);
    auto const one = take();
    auto const other = take();
    EXPECT_NE(session_of(one), session_of(other));
}

TEST_F(PoolTest, NeverOpensMoreThanAllowed) {
    make(kUsual);
    std::atomic<unsigned> holding{0};
    std::atomic<unsigned> most{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i < 50; ++i) {
        threads.emplace_back([&] {
            auto const lease = take();
            unsigned const now = ++holding;
            for (unsigned seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
            }
            session_of(lease);
            EXPECT_LE(pool_->statistics().open, kUsual.max_open);
            --holding;
        });
    }
    threads.clear();
    EXPECT_LE(most, kUsual.max_open);
    auto const statistics = pool_->statistics();
    EXPECT_EQ(statistics.in_use, 0U);
    EXPECT_EQ(statistics.idle, kUsual.max_idle);
    EXPECT_EQ(statistics.open, kUsual.max_idle);
    EXPECT_EQ(statistics.max_open, kUsual.max_open);
}

TEST_F(PoolTest, WaitsForAConnectionToComeBack) {
    make({.max_open = 1, .max_idle = 1, .max_lifetime = {}, .max_idle_time = {}});
    std::optional<Pool::Lease> held = take();
    auto const first = session_of(*held);
    auto waiting = std::async(std::launch::async, [&] { return session_of(take()); });
    while (pool_->statistics().wait_count == 0) std::this_thread::yield();
    clock_.advance(minutes(1));
    held.reset();
    EXPECT_EQ(waiting.get(), first);
    EXPECT_EQ(pool_->statistics().wait_duration, minutes(1));
}

TEST_F(PoolTest, HearsAStopWhileWaiting) {
    make({.max_open = 1, .max_idle = 1, .max_lifetime = {}, .max_idle_time = {}});
    auto const held = take();
    std::stop_source stop;
    auto waiting = std::async(std::launch::async, [&] {
        return thrown_by<base::Error>([&] { static_cast<void>(pool_->acquire(stop.get_token())); });
    });
    stop.request_stop();
    auto const error = waiting.get();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->fault(), base::Fault::stopped);
}

TEST_F(PoolTest, NeverHandsOutAConnectionThatBrokeWhileIdle) {
    make(kUsual);
    auto const broken = session_of(take());
    kill_connections();
    EXPECT_NE(session_of(take()), broken);
    EXPECT_EQ(pool_->statistics().open, 1U);
}

TEST_F(PoolTest, DoesNotTakeBackAConnectionThatBroke) {
    make(kUsual);
    {
        auto const lease = take();
        kill_connections();
    }
    EXPECT_EQ(pool_->statistics().open, 0U);
}

TEST_F(PoolTest, DoesNotTakeBackAConnectionInsideATransaction) {
    make(kUsual);
    take()->execute_script("begin", {});
    EXPECT_EQ(pool_->statistics().open, 0U);
}

TEST_F(PoolTest, KeepsFewIdle) {
    make(kUsual);
    {
        auto const one = take();
        auto const two = take();
        auto const three = take();
        EXPECT_EQ(pool_->statistics().in_use, 3U);
    }
    EXPECT_EQ(pool_->statistics().idle, 2U);
    EXPECT_EQ(pool_->statistics().closed_for_max_idle, 1U);
}

TEST_F(PoolTest, ClosesWhatWasIdleForTooLong) {
    make(kUsual);
    auto const first = session_of(take());
    clock_.advance(minutes(9));
    EXPECT_EQ(session_of(take()), first);
    clock_.advance(minutes(10));
    EXPECT_NE(session_of(take()), first);
    EXPECT_EQ(pool_->statistics().closed_for_idle_time, 1U);
    EXPECT_EQ(pool_->statistics().open, 1U);
}

TEST_F(PoolTest, ClosesWhatIsTooOldHoweverBusy) {
    make(kUsual);
    auto const first = session_of(take());
    for (int i = 0; i < 11; ++i) {
        clock_.advance(minutes(5));
        EXPECT_EQ(session_of(take()), first);
    }
    {
        auto const lease = take();
        clock_.advance(minutes(5));
    }
    EXPECT_EQ(pool_->statistics().closed_for_lifetime, 1U);
    EXPECT_EQ(pool_->statistics().open, 0U);
}

TEST_F(PoolTest, ALeaseCanBeMoved) {
    make(kUsual);
    auto lease = take();
    auto moved = std::move(lease);
    EXPECT_EQ(pool_->statistics().in_use, 1U);
    moved = take();
    EXPECT_EQ(pool_->statistics().in_use, 1U);
    EXPECT_TRUE(moved->usable());
}

}  // namespace
}  // namespace indexer::pg
