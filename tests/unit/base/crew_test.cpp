#include "base/crew.hpp"

#include <atomic>
#include <condition_variable>
#include <stdexcept>

#include <gtest/gtest.h>

namespace indexer::base {
namespace {

TEST(Crew, RunsTheJobInEveryThread) {
    Fate fate;
    std::atomic<int> runs = 0;
    Crew crew(fate, 7, [&] { ++runs; });
    crew.join();
    EXPECT_EQ(runs, 7);
    EXPECT_NO_THROW(fate.rethrow());
}

TEST(Crew, OneFailureStopsTheOthersAndIsKept) {
    Fate fate;
    std::atomic<bool> first = true;
    std::mutex mutex;
    std::condition_variable_any never;
    Crew crew(fate, 4, [&] {
        if (first.exchange(false)) throw std::runtime_error("the first");
        std::unique_lock lock(mutex);
        never.wait(lock, fate.ended(), [] { return false; });
    });
    crew.join();
    EXPECT_THROW(fate.rethrow(), std::runtime_error);
}

TEST(Crew, EndsWithWhatElseItsFateDependsOn) {
    std::stop_source other;
    Fate fate{{}, other.get_token()};
    EXPECT_FALSE(fate.ended().stop_requested());
    other.request_stop();
    EXPECT_TRUE(fate.ended().stop_requested());
    EXPECT_NO_THROW(fate.rethrow());
}

}  // namespace
}  // namespace indexer::base
