#include "stellar/fee_events.hpp"

#include <gtest/gtest.h>

namespace indexer::stellar {
namespace {

TEST(FeeEvents, AddUpToTheFeeWithWhatIsPaidBack) {
    FeeEvents fees;
    fees.add({.magnitude = 300});
    fees.add({.magnitude = 120, .negative = true});
    EXPECT_TRUE(fees.end(180));
    EXPECT_EQ(fees.emitted(), true);
}

TEST(FeeEvents, ThatDoNotAddUpAreFound) {
    FeeEvents fees;
    fees.add({.magnitude = 300});
    EXPECT_FALSE(fees.end(180));
}

TEST(FeeEvents, OfATransactionAreNotThoseOfTheNext) {
    FeeEvents fees;
    fees.add({.magnitude = 100});
    EXPECT_TRUE(fees.end(100));
    fees.add({.magnitude = 200});
    EXPECT_TRUE(fees.end(200));
}

TEST(FeeEvents, AreNotEmittedWhereNobodyHasThem) {
    FeeEvents fees;
    EXPECT_TRUE(fees.end(100));
    EXPECT_TRUE(fees.end(100));
    EXPECT_EQ(fees.emitted(), false);
    EXPECT_FALSE(fees.some_are_missing());
}

TEST(FeeEvents, AreMissingWhereOthersHaveThem) {
    FeeEvents fees;
    EXPECT_TRUE(fees.end(100));
    fees.add({.magnitude = 100});
    EXPECT_TRUE(fees.end(100));
    EXPECT_TRUE(fees.some_are_missing());
}

TEST(FeeEvents, AreNeitherThereNorMissingWhereNobodyIsCharged) {
    FeeEvents fees;
    EXPECT_TRUE(fees.end(0));
    EXPECT_EQ(fees.emitted(), std::nullopt);
    fees.add({.magnitude = 100});
    EXPECT_TRUE(fees.end(100));
    EXPECT_FALSE(fees.some_are_missing());
}

}  // namespace
}  // namespace indexer::stellar
