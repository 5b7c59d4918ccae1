#include "base/json_writer.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace indexer::base {
namespace {

TEST(JsonWriter, PlacesCommasInNestedValues) {
    JsonWriter json;
    json.begin_object().member("a", 1).key("b").begin_array().value(true).null();
    json.begin_object().end_object().end_array().member("c", "x").end_object();
    EXPECT_EQ(json.text(), R"({"a":1,"b":[true,null,{}],"c":"x"})");
}

TEST(JsonWriter, EscapesText) {
    JsonWriter json;
    json.value(std::string_view("\"\\\n\x01é", 6));
    EXPECT_EQ(json.text(), "\"\\\"\\\\\\n\\u0001é\"");
}

TEST(JsonWriter, KeepsLargeNumbersExact) {
    JsonWriter json;
    json.begin_array()
        .value(std::numeric_limits<std::uint64_t>::max())
        .value(std::numeric_limits<std::int64_t>::min())
        .value(std::numeric_limits<double>::infinity())
        .end_array();
    EXPECT_EQ(json.text(), "[18446744073709551615,-9223372036854775808,null]");
}

}  // namespace
}  // namespace indexer::base
