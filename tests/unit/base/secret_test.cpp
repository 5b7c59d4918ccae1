#include "base/secret.hpp"

#include <gtest/gtest.h>

namespace indexer::base {
namespace {

TEST(RedactedUrl, KeepsSchemeHostAndPortOnly) {
    EXPECT_EQ(redacted_url("https://user:key@host:8899/token?k=v#f"), "https://host:8899");
    EXPECT_EQ(redacted_url("https://host/v2/token"), "https://host");
    EXPECT_EQ(redacted_url("https://host?key=1"), "https://host");
    EXPECT_EQ(redacted_url("postgresql://u:p@ss@host/db"), "postgresql://host");
}

TEST(RedactedUrl, ShowsNothingOfWhatIsNoUrl) {
    EXPECT_EQ(redacted_url("my-token"), "(not a URL)");
}

}  // namespace
}  // namespace indexer::base
