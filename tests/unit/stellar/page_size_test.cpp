#include "stellar/page_size.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace indexer::stellar {
namespace {

using std::chrono::milliseconds;

config::Stellar const aims{
    .page_ledgers = 100, .page_bytes = 1'000'000, .page_time = milliseconds(1'000), .tables = {}};

TEST(PageSize, GrowsToWhatTheAnswersSizeAllows) {
    PageSize page(aims);
    for (int i = 0; i < 10; ++i) {
        auto const ledgers = page.ledgers();
        page.served(ledgers, ledgers * 25'000, milliseconds(1));
    }
    EXPECT_EQ(page.ledgers(), 40U);
}

TEST(PageSize, GrowsToWhatTheTimeAllowsAndNoFurtherThanTheMost) {
    PageSize page(aims);
    for (int i = 0; i < 10; ++i) page.served(page.ledgers(), 10, page.ledgers() * milliseconds(50));
    EXPECT_EQ(page.ledgers(), 20U);
    for (int i = 0; i < 10; ++i) page.served(page.ledgers(), 10, milliseconds(1));
    EXPECT_EQ(page.ledgers(), 100U);
}

TEST(PageSize, AtMostDoublesFromPageToPage) {
    PageSize page(aims);
    auto const first = page.ledgers();
    page.served(first, 10, milliseconds(1));
    EXPECT_EQ(page.ledgers(), 2 * first);
}

TEST(PageSize, ShrinksAtOnceWhenLedgersAreLargeOrCallsFail) {
    PageSize page(aims);
    for (int i = 0; i < 10; ++i) page.served(page.ledgers(), 10, milliseconds(1));
    page.failed();
    EXPECT_EQ(page.ledgers(), 50U);
    page.served(50, 50'000'000, milliseconds(1));
    EXPECT_EQ(page.ledgers(), 1U);
    page.failed();
    EXPECT_EQ(page.ledgers(), 1U);
}

TEST(PageSize, RefusesWhatNoServerAllows) {
    for (std::uint64_t const most : {0U, 201U}) {
        auto narrow = aims;
        narrow.page_ledgers = most;
        EXPECT_THROW(PageSize{narrow}, base::Error);
    }
}

}  // namespace
}  // namespace indexer::stellar
