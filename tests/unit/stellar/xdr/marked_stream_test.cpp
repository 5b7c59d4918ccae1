#include "stellar/xdr/marked_stream.hpp"

#include <string>

#include <gtest/gtest.h>

#include "stellar/xdr/decode_error.hpp"
#include "tests/support/wire.hpp"

namespace indexer::stellar::xdr {
namespace {

constexpr std::uint32_t kLast = 1U << 31;

TEST(MarkedStream, GivesValuesInOrderThenNothing) {
    auto const bytes =
        test::Wire().u32(kLast | 4).raw("onee").u32(kLast).u32(kLast | 3).raw("two").bytes();
    MarkedStream stream(bytes);
    EXPECT_EQ(stream.next(), "onee");
    EXPECT_EQ(stream.next(), "");
    EXPECT_EQ(stream.next(), "two");
    EXPECT_EQ(stream.next(), std::nullopt);
    EXPECT_EQ(stream.next(), std::nullopt);
}

TEST(MarkedStream, JoinsFragments) {
    auto const bytes = test::Wire()
                           .u32(2)
                           .raw("ab")
                           .u32(1)
                           .raw("c")
                           .u32(kLast | 2)
                           .raw("de")
                           .u32(kLast | 1)
                           .raw("f")
                           .bytes();
    MarkedStream stream(bytes);
    EXPECT_EQ(stream.next(), "abcde");
    EXPECT_EQ(stream.next(), "f");
    EXPECT_EQ(stream.next(), std::nullopt);
}

TEST(MarkedStream, EndsOnlyBetweenValues) {
    auto const bytes = test::Wire().u32(2).raw("ab").u32(kLast | 2).raw("cd").bytes();
    for (std::size_t length = 1; length < bytes.size(); ++length) {
        MarkedStream stream(std::string_view(bytes).substr(0, length));
        EXPECT_THROW((void)stream.next(), DecodeError) << length;
    }
}

}  // namespace
}  // namespace indexer::stellar::xdr
