#include "base/text.hpp"

#include <string>

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "base/json_writer.hpp"

namespace indexer::base {
namespace {

using namespace std::string_literals;

TEST(PlainText, LeavesHonestTextAlone) {
    for (auto const* const text : {"", "plain", "é日本 𝄞", "a\xC2\xA0z"}) {
        EXPECT_EQ(plain_text(text), text);
        EXPECT_TRUE(is_plain_text(text));
    }
}

TEST(PlainText, HasNothingThatATerminalObeys) {
    EXPECT_EQ(plain_text("a\0b\n\r\t\x1b[31m\x7f"s), "a b    [31m ");
    EXPECT_EQ(plain_text("\xC2\x9B"
                         "31m\xC2\x80"),
              " 31m ");
    // Line and paragraph separators, and what turns the direction of writing.
    EXPECT_EQ(plain_text("a\u2028b\u2029c\u202Ed\u2066e"), "a b c d e");
    for (auto const& text : {"\n"s, "\0"s, "\x7f"s, "\xC2\x9B"s, "\u202E"s, "\xFF"s}) {
        EXPECT_FALSE(is_plain_text(text));
    }
}

TEST(PlainText, ReplacesWhatIsNoUtf8) {
    std::string const bad(kReplacement);
    EXPECT_EQ(plain_text("a\xFFz"), "a" + bad + "z");
    EXPECT_EQ(plain_text("\xC3"), bad);                                // cut
    EXPECT_EQ(plain_text("\xE6\x97"), bad + bad);                      // cut
    EXPECT_EQ(plain_text("\xC0\xAF"), bad + bad);                      // longer than need be
    EXPECT_EQ(plain_text("\xED\xA0\x80"), bad + bad + bad);            // a surrogate
    EXPECT_EQ(plain_text("\xF4\x90\x80\x80"), bad + bad + bad + bad);  // past the last
    EXPECT_EQ(plain_text("\xF5"), bad);
}

TEST(PlainText, IsCutBetweenCharacters) {
    EXPECT_EQ(plain_text("123456789", 9), "123456789");
    EXPECT_EQ(plain_text("1234567890", 9), "123456…");
    EXPECT_EQ(plain_text("ééééé", 9), "ééé…");
    EXPECT_EQ(plain_text("日本日本", 9), "日本…");
    EXPECT_EQ(plain_text("1234", 2), "12");
    for (std::size_t most = 0; most < 40; ++most) {
        auto const text = plain_text("aé日𝄞aé日𝄞aé日𝄞aé日𝄞", most);
        EXPECT_LE(text.size(), most);
        EXPECT_TRUE(is_plain_text(text)) << text;
    }
}

TEST(PlainText, IsWhatErrorsSay) {
    Error const error(Fault::endpoint, Recovery::never, "a\nb\xC3", "c\x1b");
    EXPECT_EQ(std::string(error.what()), "a b" + std::string(kReplacement));
    EXPECT_EQ(error.hint(), "c ");
}

TEST(PlainText, IsNotNeededForJsonWhichKeepsControlCharacters) {
    JsonWriter json;
    json.value("a\0\xC2\x9B\x7F\xFFé"s);
    EXPECT_EQ(json.text(), "\"a\\u0000\\u009b\\u007f" + std::string(kReplacement) + "é\"");
}

}  // namespace
}  // namespace indexer::base
