#include "pg/array.hpp"

#include <limits>

#include "tests/integration/pg/pg_test.hpp"

namespace indexer::pg {
namespace {

class ArrayRoundTripTest : public PgTest {
  protected:
    // The array as the server understood it.
    std::string read_back(std::string const& type, Array const& array) {
        auto connection = open();
        auto const result = connection.execute("select $1::" + type + "[]", {array}, {});
        return std::string(result.text(0, 0));
    }
};

TEST_F(ArrayRoundTripTest, EmptyArrays) {
    EXPECT_EQ(read_back("boolean", Array(ElementType::boolean)), "{}");
    EXPECT_EQ(read_back("numeric", Array(ElementType::numeric)), "{}");
    EXPECT_EQ(read_back("jsonb", Array(ElementType::jsonb)), "{}");
}

TEST_F(ArrayRoundTripTest, Integers) {
    Array flags(ElementType::boolean);
    flags.add_integer(1);
    flags.add_null();
    flags.add_integer(0);
    EXPECT_EQ(read_back("boolean", flags), "{t,NULL,f}");

    Array narrow(ElementType::int2);
    narrow.add_integer(-32'768);
    narrow.add_integer(32'767);
    EXPECT_EQ(read_back("smallint", narrow), "{-32768,32767}");

    Array middle(ElementType::int4);
    middle.add_integer(std::numeric_limits<std::int32_t>::min());
    middle.add_integer(-1);
    EXPECT_EQ(read_back("int", middle), "{-2147483648,-1}");

    Array wide(ElementType::int8);
    wide.add_integer(std::numeric_limits<std::int64_t>::min());
    wide.add_integer(std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(read_back("bigint", wide), "{-9223372036854775808,9223372036854775807}");
}

TEST_F(ArrayRoundTripTest, Timestamps) {
    Array times(ElementType::timestamptz);
    times.add_timestamp(0);
    times.add_timestamp(-1);
    times.add_timestamp(1'700'000'000);
    times.add_null();
    auto connection = open();
    connection.execute_script("set timezone = 'UTC'", {});
    auto const result = connection.execute("select $1::timestamptz[]", {times}, {});
    EXPECT_EQ(
        result.text(0, 0),
        R"({"1970-01-01 00:00:00+00","1969-12-31 23:59:59+00","2023-11-14 22:13:20+00",NULL})");
}

TEST_F(ArrayRoundTripTest, Numerics) {
    constexpr auto kMost64 = std::numeric_limits<std::uint64_t>::max();
    Array numbers(ElementType::numeric);
    numbers.add_numeric(0);
    numbers.add_numeric(9'999, true);
    numbers.add_numeric(1'0000'0000);
    numbers.add_numeric(1'0000'0001, true);
    numbers.add_numeric(kMost64);
    numbers.add_numeric(base::Uint128{kMost64} + 1);
    numbers.add_null();
    numbers.add_numeric(~base::Uint128{0}, true);
    EXPECT_EQ(read_back("numeric", numbers),
              "{0,-9999,100000000,-100000001,18446744073709551615,18446744073709551616,NULL,"
              "-340282366920938463463374607431768211455}");
}

// Every power of ten that 128 bits can hold, and its neighbours: digits carry and zeros drop here.
TEST_F(ArrayRoundTripTest, NumericsAroundPowersOfTen) {
    Array numbers(ElementType::numeric);
    std::string expected = "{";
    base::Uint128 power = 1;
    for (std::size_t zeros = 0; zeros <= 38; ++zeros, power *= 10) {
        numbers.add_numeric(power);
        numbers.add_numeric(power - 1);
        expected += "1" + std::string(zeros, '0') + ",";
        expected += (zeros == 0 ? "0" : std::string(zeros, '9')) + ",";
    }
    expected.back() = '}';
    EXPECT_EQ(read_back("numeric", numbers), expected);
}

TEST_F(ArrayRoundTripTest, Bytes) {
    Array text(ElementType::text);
    text.add_bytes("");
    text.add_bytes("NULL");
    text.add_bytes("a\"b\\c,ü");
    text.add_null();
    EXPECT_EQ(read_back("text", text), R"({"","NULL","a\"b\\c,ü",NULL})");

    Array json(ElementType::jsonb);
    json.add_bytes(R"({"a":[1,null]})");
    json.add_null();
    EXPECT_EQ(read_back("jsonb", json), R"({"{\"a\": [1, null]}",NULL})");

    Array bytes(ElementType::bytea);
    bytes.add_bytes(std::string_view("\0\xff", 2));
    EXPECT_EQ(read_back("bytea", bytes), R"({"\\x00ff"})");
}

TEST_F(ArrayRoundTripTest, ArraysUnnestToRows) {
    Array slots(ElementType::int8);
    Array words(ElementType::text);
    for (std::int64_t i = 0; i < 1'000; ++i) {
        slots.add_integer(i);
        words.add_bytes(std::to_string(i));
    }
    auto connection = open();
    auto const result = connection.execute(
        "select count(*), sum(slot), count(*) filter (where slot::text = word) "
        "from unnest($1::bigint[], $2::text[]) as row (slot, word)",
        {slots, words}, {});
    EXPECT_EQ(result.integer(0, 0), 1'000);
    EXPECT_EQ(result.integer(0, 1), 499'500);
    EXPECT_EQ(result.integer(0, 2), 1'000);
}

}  // namespace
}  // namespace indexer::pg
