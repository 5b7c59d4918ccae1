#include "solana/json.hpp"

#include <gtest/gtest.h>

namespace indexer::solana::json {
namespace {

// What append_bytes() puts behind a 9, from the text of an array with something behind it.
std::vector<std::uint8_t> bytes_of(std::string const& array) {
    simdjson::padded_string const text("[" + array + ",7]");
    ondemand::parser parser;
    ondemand::document document = parser.iterate(text);
    std::vector<std::uint8_t> bytes{9};
    std::size_t behind = 0;
    for_each_element(document.get_array(), [&](ondemand::value element) {
        if (behind++ == 0) return append_bytes(element, bytes);
        EXPECT_EQ(byte(element), 7);
    });
    EXPECT_EQ(behind, 2U) << array;
    return bytes;
}

using Bytes = std::vector<std::uint8_t>;

TEST(SolanaJson, AppendsBytesHoweverTheyAreSpaced) {
    EXPECT_EQ(bytes_of("[]"), Bytes({9}));
    EXPECT_EQ(bytes_of("[0,10,255]"), Bytes({9, 0, 10, 255}));
    EXPECT_EQ(bytes_of("[ ]"), Bytes({9}));
    EXPECT_EQ(bytes_of("[1, 2 ,\n3] "), Bytes({9, 1, 2, 3}));
}

TEST(SolanaJson, RefusesWhatIsNoByte) {
    for (auto const* const array : {"[1,256]", "[1,-1]", "[1,1.5]", "[1,1e1]", "[1,\"1\"]",
                                    "[1,[2]]", "[1,null]", "[1,99999]", "[1,18446744073709551617]",
                                    "[1,01]", "[1,]", "[,1]", "[1 2]", "{\"a\":1}", "1"}) {
        EXPECT_THROW((void)bytes_of(array), base::Error) << array;
    }
}

// simdjson would skip what is behind the colon as a part of the text.
TEST(SolanaJson, RefusesATextThatIsAKeyToo) {
    auto const text_in = [](std::string const& array) {
        simdjson::padded_string const padded(array);
        ondemand::parser parser;
        ondemand::document document = parser.iterate(padded);
        std::string result;
        for_each_element(document.get_array(), [&](auto element) { result = text(element); });
        return result;
    };
    EXPECT_EQ(text_in(R"(["a" , "b"])"), "b");
    try {
        (void)text_in(R"(["legacy":{"b":1}])");
        FAIL() << "nothing thrown";
    } catch (base::Error const& error) {
        EXPECT_EQ(error.recovery(), base::Recovery::retry_elsewhere) << error.what();
    }
}

}  // namespace
}  // namespace indexer::solana::json
