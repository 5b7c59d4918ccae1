#include "pg/ticket_gate.hpp"

#include <future>
#include <optional>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "tests/support/fake_clock.hpp"

namespace indexer::pg {
namespace {

using std::chrono::seconds;

class TicketGateTest : public ::testing::Test {
  protected:
    // Returns once that many have had to wait.
    void wait_until_queued(std::uint64_t count) const {
        while (gate_.waits().count < count) std::this_thread::yield();
    }

    test::FakeClock clock_;
    TicketGate gate_{1, clock_};
};

TEST_F(TicketGateTest, LetsInWhoeverComesWhileThereIsRoom) {
    gate_.enter({});
    gate_.leave();
    gate_.enter({});
    EXPECT_EQ(gate_.waits().count, 0U);
}

TEST_F(TicketGateTest, CallsThoseWhoWaitInTheOrderTheyCame) {
    gate_.enter({});
    std::vector<int> order;  // guarded by the gate itself
    std::vector<std::future<void>> waiting;
    for (int i = 0; i < 5; ++i) {
        waiting.push_back(std::async(std::launch::async, [&, i] {
            gate_.enter({});
            order.push_back(i);
            gate_.leave();
        }));
        wait_until_queued(static_cast<std::uint64_t>(i) + 1);
    }
    gate_.leave();
    for (auto& waiter : waiting) waiter.get();
    EXPECT_EQ(order, (std::vector{0, 1, 2, 3, 4}));
}

TEST_F(TicketGateTest, AStopEndsAWaitAndTheNextOneIsCalled) {
    gate_.enter({});
    std::stop_source stop;
    auto stopped = std::async(std::launch::async, [&] { gate_.enter(stop.get_token()); });
    wait_until_queued(1);
    auto patient = std::async(std::launch::async, [&] { gate_.enter({}); });
    wait_until_queued(2);
    stop.request_stop();
    EXPECT_THROW(stopped.get(), base::Error);
    gate_.leave();
    patient.get();
}

TEST_F(TicketGateTest, MeasuresTheWaits) {
    gate_.enter({});
    auto waiter = std::async(std::launch::async, [&] { gate_.enter({}); });
    wait_until_queued(1);
    clock_.advance(seconds(3));
    gate_.leave();
    waiter.get();
    EXPECT_EQ(gate_.waits().count, 1U);
    EXPECT_EQ(gate_.waits().duration, seconds(3));
}

}  // namespace
}  // namespace indexer::pg
