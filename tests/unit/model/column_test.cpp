#include "model/column.hpp"

#include <gtest/gtest.h>

namespace indexer::model {
namespace {

TEST(Column, KeepsCellsInOrderWithNullsBetween) {
    Column column(ColumnType::text);
    column.append_bytes("first");
    column.append_null();
    column.append_bytes("third");
    EXPECT_EQ(column.size(), 3U);
    EXPECT_EQ(column.bytes(0), "first");
    EXPECT_TRUE(column.is_null(1));
    EXPECT_EQ(column.bytes(2), "third");
}

TEST(Column, ReplacesZeroInTextBecausePostgresCannotHoldIt) {
    Column column(ColumnType::text);
    column.append_bytes(std::string_view("a\0b\0", 4));
    EXPECT_EQ(column.bytes(0),
              "a\xEF\xBF\xBD"
              "b\xEF\xBF\xBD");
}

TEST(Column, ReplacesWhatIsNoUtf8InTextBecausePostgresRefusesIt) {
    Column column(ColumnType::text);
    column.append_bytes("é\xFFz\xC3");
    EXPECT_EQ(column.bytes(0),
              "é\xEF\xBF\xBD"
              "z\xEF\xBF\xBD");
}

TEST(Column, ReplacesTheZeroEscapeInJsonButNotAnEscapedBackslash) {
    Column column(ColumnType::jsonb);
    column.append_bytes(R"({"a":"\u0000","b":"\\u0000"})");
    EXPECT_EQ(column.bytes(0), "{\"a\":\"\xEF\xBF\xBD\",\"b\":\"\\\\u0000\"}");
}

TEST(Column, KeepsEveryByteOfBytea) {
    Column column(ColumnType::bytea);
    column.append_bytes(std::string_view("\0\x01", 2));
    EXPECT_EQ(column.bytes(0).size(), 2U);
}

TEST(Column, ComparesNumbersByValueTextByBytesAndNullLast) {
    Column numbers(ColumnType::numeric);
    numbers.append_numeric({.magnitude = 5, .negative = true});
    numbers.append_numeric({.magnitude = 3, .negative = false});
    numbers.append_null();
    EXPECT_EQ(compare_cells(numbers, 0, numbers, 1), -1);
    EXPECT_EQ(compare_cells(numbers, 2, numbers, 1), 1);
    EXPECT_EQ(compare_cells(numbers, 1, numbers, 1), 0);

    Column text(ColumnType::text);
    text.append_bytes("Z");
    text.append_bytes("a");
    EXPECT_EQ(compare_cells(text, 0, text, 1), -1);
}

}  // namespace
}  // namespace indexer::model
