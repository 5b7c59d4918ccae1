#include "base/memory_budget.hpp"

#include <atomic>
#include <random>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "base/body.hpp"

namespace indexer::base {
namespace {

constexpr std::size_t kMiB = 1U << 20U;

TEST(MemoryBudget, CountsWhatIsHeldAndRefusesMore) {
    MemoryBudget budget(10 * kMiB);
    {
        MemoryShare share(budget);
        share.resize(8 * kMiB);
        MemoryShare other(budget);
        EXPECT_THROW(other.resize(3 * kMiB), MemoryShort);
        EXPECT_EQ(other.bytes(), 0U);
        share.resize(kMiB);
        other.resize(3 * kMiB);
        share.absorb(std::move(other));
        EXPECT_EQ(share.bytes(), 4 * kMiB);
        EXPECT_EQ(budget.used(), 4 * kMiB);
    }
    EXPECT_EQ(budget.used(), 0U);
}

TEST(MemoryBudget, AShareOfNoneCountsNowhere) {
    MemoryShare share;
    share.resize(kMiB);
    EXPECT_EQ(share.bytes(), 0U);
}

TEST(MemoryBudget, WorkThatFindsNoRoomBeginsAgainWithMore) {
    MemoryBudget budget(64 * kMiB);
    budget.learn(kMiB);
    int begun = 0;
    auto const result = budget.run(
        [&] {
            if (++begun < 3) throw MemoryShort(1);
            return 7;
        },
        {});
    EXPECT_EQ(result, 7);
    EXPECT_EQ(budget.restarts(), 2U);
}

TEST(MemoryBudget, WhatNeverFitsIsRefusedAndNamesTheOption) {
    MemoryBudget budget(8 * kMiB);
    try {
        budget.run(
            [&] {
                MemoryShare share(budget);
                share.resize(9 * kMiB);
            },
            {});
        ADD_FAILURE() << "nothing thrown";
    } catch (MemoryShort const& error) {
        EXPECT_NE(std::string(error.what()).find("--max-memory"), std::string::npos);
        EXPECT_NE(error.hint(), "");
    }
    EXPECT_EQ(budget.used(), 0U);
}

TEST(MemoryBudget, AWaitHearsAStop) {
    MemoryBudget budget(8 * kMiB);
    std::stop_source stop;
    budget.run(
        [&] {
            std::jthread const stopper([&] { stop.request_stop(); });
            std::jthread const waiting([&] {
                try {
                    budget.run([] { ADD_FAILURE() << "there was no room"; }, stop.get_token());
                } catch (Error const& error) {
                    EXPECT_EQ(error.fault(), Fault::stopped);
                }
            });
        },
        {});
}

// Work of every size up to the whole budget, from more threads than have room, that hands part of
// what it holds to somebody who is slower: all of it is done, and never is more held than allowed.
TEST(MemoryBudget, NobodyWaitsForEver) {
    constexpr int kThreads = 16;
    constexpr int kPieces = 60;
    MemoryBudget budget(32 * kMiB);
    std::mutex mutex;
    std::vector<MemoryShare> written;
    std::atomic<int> done = 0;
    std::jthread writer([&](std::stop_token stop) {
        while (!stop.stop_requested()) {
            std::vector<MemoryShare> group;
            {
                std::lock_guard const lock(mutex);
                group.swap(written);
            }
            std::this_thread::yield();
        }
    });
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < kThreads; ++thread) {
            threads.emplace_back([&, thread] {
                std::mt19937 random(static_cast<unsigned>(thread));
                for (int piece = 0; piece < kPieces; ++piece) {
                    auto const most = random() % (31 * kMiB);
                    budget.run(
                        [&] {
                            MemoryShare share(budget);
                            for (std::size_t size = 1; size < most; size *= 2) share.resize(size);
                            budget.learn(share.bytes());
                            EXPECT_LE(budget.used(), budget.limit());
                            std::lock_guard const lock(mutex);
                            written.push_back(share.split_kept(share.bytes() / 2));
                        },
                        {});
                    ++done;
                }
            });
        }
    }
    EXPECT_EQ(done, kThreads * kPieces);
    writer.request_stop();
    writer.join();
    written.clear();
    EXPECT_EQ(budget.used(), 0U);
}

TEST(Bodies, KeepsWhatHeldABodyForTheNext) {
    MemoryBudget budget(64 * kMiB);
    Bodies bodies(budget);
    char const* at = nullptr;
    {
        auto body = bodies.take();
        body->assign(100'000, 'x');
        at = body->data();
    }
    auto const next = bodies.take();
    EXPECT_TRUE(next->empty());
    EXPECT_EQ(next->data(), at);
}

TEST(Bodies, KeepsNoMoreThanAPartOfTheBudget) {
    MemoryBudget budget(64 * kMiB);
    Bodies bodies(budget);
    bodies.take()->assign(5 * kMiB, 'x');
    EXPECT_LT(bodies.take()->capacity(), kMiB);
}

TEST(Bodies, SmallAnswersAreNotCounted) {
    MemoryBudget budget(kMiB);
    Bodies bodies(budget);
    MemoryShare all(budget);
    all.resize(kMiB);
    auto body = bodies.take();
    body.count(Body::kFree);
    EXPECT_THROW(body.count(Body::kFree + 1), MemoryShort);
}

}  // namespace
}  // namespace indexer::base
