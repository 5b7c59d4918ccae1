#include "pg/array.hpp"

#include <algorithm>
#include <limits>

#include <gtest/gtest.h>

#include "pg/error.hpp"

namespace indexer::pg {
namespace {

using namespace std::string_literals;

// The bytes as PostgreSQL shows a bytea: two hex digits a byte.
std::string hex(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (char const c : bytes) {
        auto const byte = static_cast<unsigned char>(c);
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 0xFU];
    }
    return text;
}

// Drops the spaces that make a literal readable.
std::string packed(std::string text) {
    text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
    return text;
}

// What follows the header of 20 bytes.
std::string elements(Array const& array) {
    return hex(array.bytes().substr(20));
}

std::string numeric(base::Uint128 magnitude, bool negative = false) {
    Array array(ElementType::numeric);
    array.add_numeric(magnitude, negative);
    return elements(array);
}

base::Uint128 wide(std::uint64_t high, std::uint64_t low) {
    return (static_cast<base::Uint128>(high) << 64U) | low;
}

// The literals below were read from PostgreSQL 15: select array_send(array[1, null]::bigint[]).
TEST(Array, LooksLikeArraySend) {
    Array array(ElementType::int8);
    array.add_integer(1);
    array.add_null();
    EXPECT_EQ(
        hex(array.bytes()),
        packed("00000001 00000001 00000014 00000002 00000001 00000008 0000000000000001 ffffffff"));
    EXPECT_EQ(array.size(), 2U);
}

TEST(Array, WithoutElementsIsAHeader) {
    Array const array(ElementType::text);
    EXPECT_EQ(hex(array.bytes()), packed("00000001 00000000 00000019 00000000 00000001"));
}

TEST(Array, WritesIntegersInTheElementsWidth) {
    Array narrow(ElementType::int2);
    narrow.add_integer(-2);
    EXPECT_EQ(elements(narrow), packed("00000002 fffe"));
    Array middle(ElementType::int4);
    middle.add_integer(305'419'896);
    EXPECT_EQ(elements(middle), packed("00000004 12345678"));
    Array wide(ElementType::int8);
    wide.add_integer(std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(elements(wide), packed("00000008 8000000000000000"));
    Array flags(ElementType::boolean);
    flags.add_integer(1);
    flags.add_integer(0);
    EXPECT_EQ(elements(flags), packed("00000001 01 00000001 00"));
}

TEST(Array, RefusesAnIntegerThatDoesNotFitAndStaysAsItWas) {
    Array array(ElementType::int2);
    array.add_integer(7);
    auto const before = std::string(array.bytes());
    EXPECT_THROW(array.add_integer(32'768), Error);
    EXPECT_THROW(array.add_integer(-32'769), Error);
    EXPECT_EQ(array.bytes(), before);
}

TEST(Array, CountsTimestampsInMicrosecondsSince2000) {
    Array array(ElementType::timestamptz);
    array.add_timestamp(946'684'801);
    array.add_timestamp(946'684'799);
    EXPECT_EQ(elements(array), packed("00000008 00000000000f4240 00000008 fffffffffff0bdc0"));
}

TEST(Array, RefusesATimestampThatOverflows) {
    Array array(ElementType::timestamptz);
    EXPECT_THROW(array.add_timestamp(std::numeric_limits<std::int64_t>::max()), Error);
    EXPECT_THROW(array.add_timestamp(std::numeric_limits<std::int64_t>::min()), Error);
    EXPECT_EQ(array.size(), 0U);
}

// select numeric_send(0), numeric_send(1), numeric_send(-10000), …
TEST(Array, WritesNumericsLikeNumericSend) {
    EXPECT_EQ(numeric(0), packed("00000008 0000000000000000"));
    EXPECT_EQ(numeric(0, true), packed("00000008 0000000000000000"));
    EXPECT_EQ(numeric(1), packed("0000000a 0001000000000000 0001"));
    EXPECT_EQ(numeric(10'000, true), packed("0000000a 0001000140000000 0001"));
    EXPECT_EQ(numeric(10'001), packed("0000000c 0002000100000000 00010001"));
    EXPECT_EQ(numeric(123'400'000'000), packed("0000000a 0001000200000000 04d2"));
}

TEST(Array, WritesNumericsWiderThan64Bits) {
    EXPECT_EQ(numeric(std::numeric_limits<std::uint64_t>::max()),
              packed("00000012 0005000400000000 07341a5802e103bb064f"));
    EXPECT_EQ(numeric(wide(1, 0)), packed("00000012 0005000400000000 07341a5802e103bb0650"));
    EXPECT_EQ(numeric(~base::Uint128{0}),
              packed("0000001c 000a000900000000 01540b071a2403aa121a18c111ff10dd1aa505af"));
    constexpr auto kTenToThe16 = static_cast<base::Uint128>(10'000'000'000'000'000);
    EXPECT_EQ(numeric(kTenToThe16 * kTenToThe16), packed("0000000a 0001000800000000 0001"));
}

TEST(Array, WritesBytesAsTheyAreAndJsonbWithItsVersion) {
    Array text(ElementType::text);
    text.add_bytes("añ");
    text.add_bytes("");
    EXPECT_EQ(elements(text), packed("00000003 61c3b1 00000000"));
    Array bytes(ElementType::bytea);
    bytes.add_bytes("\0\xff"s);
    EXPECT_EQ(elements(bytes), packed("00000002 00ff"));
    Array json(ElementType::jsonb);
    json.add_bytes("{}");
    EXPECT_EQ(elements(json), packed("00000003 017b7d"));
}

}  // namespace
}  // namespace indexer::pg
