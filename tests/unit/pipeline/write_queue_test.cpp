#include "pipeline/write_queue.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

namespace indexer::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr WriteQueue::Limits kRoomy{.blocks = 1'000, .bytes = 1'000'000'000};

Delivery hole(std::uint64_t seq, std::string error = {}) {
    return store::Hole{.seq = base::Seq(seq),
                       .reason = store::reason::kUnavailable,
                       .error = std::move(error),
                       .endpoint = {}};
}

std::uint64_t seq_of(Delivery const& delivery) {
    return std::get<store::Hole>(delivery.what).seq.value();
}

TEST(WriteQueue, HandsOutAFullGroupInOrderWithoutWaiting) {
    WriteQueue queue(kRoomy);
    for (std::uint64_t seq = 1; seq <= 3; ++seq) ASSERT_TRUE(queue.push(hole(seq), {}));
    auto const group = queue.pop({.blocks = 2, .bytes = 1'000'000, .flush_interval = 1h}, {});
    ASSERT_EQ(group.size(), 2U);
    EXPECT_EQ(seq_of(group[0]), 1U);
    EXPECT_EQ(seq_of(group[1]), 2U);
    EXPECT_EQ(queue.depth().blocks, 1U);
}

TEST(WriteQueue, HandsOutASmallGroupWhenItsOldestMemberIsDue) {
    WriteQueue queue(kRoomy);
    ASSERT_TRUE(queue.push(hole(1), {}));
    auto const group = queue.pop({.blocks = 100, .bytes = 1'000'000, .flush_interval = 0ms}, {});
    EXPECT_EQ(group.size(), 1U);
}

TEST(WriteQueue, EndsAGroupAtItsBytes) {
    WriteQueue queue(kRoomy);
    for (std::uint64_t seq = 1; seq <= 3; ++seq) {
        ASSERT_TRUE(queue.push(hole(seq, std::string(1'000, 'x')), {}));
    }
    auto const group = queue.pop({.blocks = 100, .bytes = 1'500, .flush_interval = 1h}, {});
    EXPECT_EQ(group.size(), 2U);
}

TEST(WriteQueue, DrainsAfterClosing) {
    WriteQueue queue(kRoomy);
    ASSERT_TRUE(queue.push(hole(1), {}));
    queue.close();
    WriteQueue::Group const group{.blocks = 100, .bytes = 1'000'000, .flush_interval = 1h};
    EXPECT_EQ(queue.pop(group, {}).size(), 1U);
    EXPECT_TRUE(queue.pop(group, {}).empty());
}

TEST(WriteQueue, MakesProducersWaitWhenFullAndLosesNothing) {
    WriteQueue queue({.blocks = 2, .bytes = 1'000'000});
    std::atomic<std::uint64_t> pushed = 0;
    std::thread producer([&] {
        for (std::uint64_t seq = 0; seq < 1'000; ++seq) {
            if (queue.push(hole(seq), {})) ++pushed;
        }
        queue.close();
    });
    std::vector<std::uint64_t> seen;
    // A group larger than the queue: waiting producers must release it long before an hour.
    WriteQueue::Group const group{.blocks = 100, .bytes = 1'000'000, .flush_interval = 1h};
    for (auto taken = queue.pop(group, {}); !taken.empty(); taken = queue.pop(group, {})) {
        EXPECT_LE(taken.size(), 2U);
        for (Delivery const& delivery : taken) seen.push_back(seq_of(delivery));
    }
    producer.join();
    EXPECT_EQ(pushed, 1'000U);
    ASSERT_EQ(seen.size(), 1'000U);
    for (std::uint64_t seq = 0; seq < 1'000; ++seq) EXPECT_EQ(seen[seq], seq);
}

TEST(WriteQueue, LetsInWhatIsLargerThanItsBytesWhenEmpty) {
    WriteQueue queue({.blocks = 10, .bytes = 10});
    EXPECT_TRUE(queue.push(hole(1, std::string(1'000, 'x')), {}));
    EXPECT_EQ(queue.depth().blocks, 1U);
}

TEST(WriteQueue, WaitingHearsAStop) {
    WriteQueue queue({.blocks = 1, .bytes = 1'000'000});
    ASSERT_TRUE(queue.push(hole(1), {}));
    std::stop_source stop;
    std::thread producer([&] { EXPECT_FALSE(queue.push(hole(2), stop.get_token())); });
    stop.request_stop();
    producer.join();

    WriteQueue empty(kRoomy);
    std::thread consumer([&] {
        EXPECT_TRUE(
            empty.pop({.blocks = 1, .bytes = 1, .flush_interval = 1h}, stop.get_token()).empty());
    });
    consumer.join();
}

}  // namespace
}  // namespace indexer::pipeline
