#include "stellar/base64.hpp"

#include <optional>

#include <gtest/gtest.h>

namespace indexer::stellar {
namespace {

std::optional<std::string> decoded(std::string_view text) {
    std::string bytes = "what was there before";
    return decode_base64(text, bytes) ? std::optional(bytes) : std::nullopt;
}

TEST(Base64, DecodesWholeAndPaddedGroups) {
    EXPECT_EQ(decoded(""), "");
    EXPECT_EQ(decoded("Zg=="), "f");
    EXPECT_EQ(decoded("Zm8="), "fo");
    EXPECT_EQ(decoded("Zm9v"), "foo");
    EXPECT_EQ(decoded("Zm9vYmE="), "fooba");
    EXPECT_EQ(decoded("+/+/"), "\xfb\xff\xbf");
    EXPECT_EQ(decoded("AAAA"), std::string(3, '\0'));
}

TEST(Base64, RefusesWhatNoBytesEncodeTo) {
    for (auto const* const text : {"Z", "Zg", "Zg=", "Zm9v=", "Zm9v====", "Z===", "====", "Zm9*",
                                   "Zm-_", "Zm 9v", "Zg==Zg==", "Zm9v\n", "Zh==", "Zm9="}) {
        EXPECT_FALSE(decoded(text)) << text;
    }
}

}  // namespace
}  // namespace indexer::stellar
