#include "rpc/url.hpp"

#include <gtest/gtest.h>

namespace indexer::rpc {
namespace {

std::string below_url(char const* url) {
    return below(base::Secret(url), "a/b.zst");
}

TEST(Url, AFileLiesBelowItsPath) {
    EXPECT_EQ(below_url("https://host"), "https://host/a/b.zst");
    EXPECT_EQ(below_url("https://host/lake"), "https://host/lake/a/b.zst");
    EXPECT_EQ(below_url("https://host/lake/"), "https://host/lake/a/b.zst");
}

TEST(Url, AFileKeepsTheQuery) {
    EXPECT_EQ(below_url("https://host/lake?token=x/y"), "https://host/lake/a/b.zst?token=x/y");
    EXPECT_EQ(below_url("https://host?token=x"), "https://host/a/b.zst?token=x");
}

}  // namespace
}  // namespace indexer::rpc
