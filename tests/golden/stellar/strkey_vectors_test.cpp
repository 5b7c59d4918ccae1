// The test vectors of SEP-23.

#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <simdjson.h>

#include "stellar/strkey.hpp"
#include "tests/golden/stellar/chain_files.hpp"
#include "tests/support/shared_data.hpp"

namespace indexer::test {
namespace {

TEST(StrKeyVectors, ValidOnesAreReadAndWritten) {
    INDEXER_REQUIRE_SHARED_DATA();
    simdjson::dom::parser parser;
    auto const file = read_whole(stellar_data() / "values/strkey-vectors.json");
    int vectors = 0;
    for (auto const vector : parser.parse(file)["valid"].get_array()) {
        std::string_view const text = vector["strkey"];
        auto const key = stellar::parse_strkey(text);
        ASSERT_TRUE(key) << vector["what"];
        EXPECT_EQ(stellar::format_strkey(key->kind, key->payload), text) << vector["what"];
        ++vectors;
    }
    EXPECT_EQ(vectors, 8);
}

TEST(StrKeyVectors, InvalidOnesAreRefused) {
    INDEXER_REQUIRE_SHARED_DATA();
    simdjson::dom::parser parser;
    auto const file = read_whole(stellar_data() / "values/strkey-vectors.json");
    int vectors = 0;
    for (auto const vector : parser.parse(file)["invalid"].get_array()) {
        EXPECT_FALSE(stellar::parse_strkey(std::string_view(vector["strkey"]))) << vector["what"];
        ++vectors;
    }
    EXPECT_EQ(vectors, 15);
}

}  // namespace
}  // namespace indexer::test
