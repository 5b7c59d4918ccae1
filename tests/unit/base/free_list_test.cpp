#include "base/free_list.hpp"

#include <atomic>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

namespace indexer::base {
namespace {

using Numbers = FreeList<int>;

TEST(FreeList, MakesAsManyAsAreInUseAtOnce) {
    int made = 0;
    Numbers numbers([&] { return std::make_unique<int>(++made); });
    {
        auto const one = numbers.take();
        auto const two = numbers.take();
        EXPECT_NE(*one, *two);
    }
    for (int i = 0; i < 5; ++i) (void)numbers.take();
    EXPECT_EQ(made, 2);
}

TEST(FreeList, WaitsForOneWhenTheMostAreInUse) {
    std::atomic<int> made = 0;
    Numbers numbers([&] { return std::make_unique<int>(++made); }, 1);
    auto one = numbers.take();
    auto const use = [&] {
        for (int i = 0; i < 10'000; ++i) EXPECT_EQ(*numbers.take(), 1);
    };
    {
        std::jthread const first(use);
        std::jthread const second(use);
        one.reset();
    }
    EXPECT_EQ(made, 1);
}

TEST(FreeList, AThingThatCannotBeMadeTakesNoPlace) {
    bool fails = true;
    Numbers numbers(
        [&] {
            if (fails) throw std::runtime_error("not now");
            return std::make_unique<int>(7);
        },
        1);
    EXPECT_THROW((void)numbers.take(), std::runtime_error);
    fails = false;
    EXPECT_EQ(*numbers.take(), 7);
}

TEST(FreeList, AThingOfNoListJustGoes) {
    auto const alone = Numbers::alone(std::make_unique<int>(3));
    EXPECT_EQ(*alone, 3);
}

}  // namespace
}  // namespace indexer::base
