#include "stellar/xdr/json.hpp"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/schema.hpp"
#include "stellar/xdr/text.hpp"
#include "tests/support/wire.hpp"

namespace indexer::stellar::xdr {
namespace {

using test::Wire;

std::string json(std::string_view type, Wire const& wire) {
    Decoder decoder;
    return json_of(decoder.decode(stellar_schema().type(type), wire.bytes()));
}

std::string text(std::string_view type, Wire const& wire) {
    Decoder decoder;
    return text_of(decoder.decode(stellar_schema().type(type), wire.bytes()));
}

TEST(Json, StructuresAreObjectsInTheOrderOfTheWire) {
    EXPECT_EQ(json("Price", Wire().u32(1).u32(~0U)), R"({"n":1,"d":-1})");
    EXPECT_EQ(json("TimeBounds", Wire().u64(0).u64(~0ULL)),
              R"({"min_time":"0","max_time":"18446744073709551615"})");
}

TEST(Json, UnionsAreOneKeyOrJustTheirName) {
    EXPECT_EQ(json("SCVal", Wire().u32(1)), R"("void")");
    EXPECT_EQ(json("SCVal", Wire().u32(0).u32(1)), R"({"bool":true})");
    EXPECT_EQ(json("ExtensionPoint", Wire().u32(0)), R"("v0")");
    EXPECT_EQ(json("SCVal", Wire().u32(2).u32(3).u32(3)),
              R"({"error":{"storage":"missing_value"}})");
}

TEST(Json, ArraysAndOptionals) {
    EXPECT_EQ(json("SCVal", Wire().u32(16).u32(0)), R"({"vec":null})");
    EXPECT_EQ(json("SCVal", Wire().u32(16).u32(1).u32(0)), R"({"vec":[]})");
    EXPECT_EQ(json("SCVal", Wire().u32(16).u32(1).u32(2).u32(1).u32(3).u32(4)),
              R"({"vec":["void",{"u32":4}]})");
    EXPECT_EQ(json("SCVal", Wire().u32(17).u32(1).u32(1).u32(1).u32(1)),
              R"({"map":[{"key":"void","val":"void"}]})");
}

TEST(Json, BytesAreHexAndStringsAreEscapedTwice) {
    EXPECT_EQ(json("SCVal", Wire().u32(13).counted("\xff\x01")), R"({"bytes":"ff01"})");
    EXPECT_EQ(json("SCVal", Wire().u32(14).counted({"a\0\t\n\r\\\"\x7f\xc3\xa9 ~", 12})),
              R"({"string":"a\\0\\t\\n\\r\\\\\"\\x7f\\xc3\\xa9 ~"})");
    EXPECT_EQ(text("SCString", Wire().counted({"a\0\\\"\x7f", 5})), R"(a\0\\"\x7f)");
}

TEST(Json, WideIntegersAreDecimal) {
    EXPECT_EQ(json("SCVal", Wire().u32(9).u64(0).u64(5)), R"({"u128":"5"})");
    EXPECT_EQ(json("SCVal", Wire().u32(9).u64(~0ULL).u64(~0ULL)),
              R"({"u128":"340282366920938463463374607431768211455"})");
    EXPECT_EQ(json("SCVal", Wire().u32(10).u64(1ULL << 63U).u64(0)),
              R"({"i128":"-170141183460469231731687303715884105728"})");
    EXPECT_EQ(json("SCVal", Wire().u32(10).u64(~0ULL).u64(~0ULL)), R"({"i128":"-1"})");
    EXPECT_EQ(json("SCVal", Wire().u32(10).u64(0).u64(10'000'000'000'000'000'000ULL)),
              R"({"i128":"10000000000000000000"})");
    EXPECT_EQ(json("SCVal", Wire().u32(11).u64(~0ULL).u64(~0ULL).u64(~0ULL).u64(~0ULL)),
              R"({"u256":"115792089237316195423570985008687907853269984665640564039457584007913)"
              R"(129639935"})");
    EXPECT_EQ(json("SCVal", Wire().u32(12).u64(~0ULL).u64(~0ULL).u64(~0ULL).u64(0)),
              R"({"i256":"-18446744073709551616"})");
}

TEST(Json, AddressesAreStrKeys) {
    auto const address = [](Wire const& wire) { return text("SCAddress", wire).front(); };
    EXPECT_EQ(address(Wire().u32(0).u32(0).key('k')), 'G');
    EXPECT_EQ(address(Wire().u32(1).key('k')), 'C');
    EXPECT_EQ(address(Wire().u32(2).u64(1).key('k')), 'M');
    EXPECT_EQ(address(Wire().u32(3).u32(0).key('k')), 'B');
    EXPECT_EQ(address(Wire().u32(4).key('k')), 'L');
    EXPECT_EQ(json("MuxedAccount", Wire().u32(0).key('k')),
              json("AccountID", Wire().u32(0).key('k')));
    EXPECT_EQ(text("MuxedAccount", Wire().u32(256).u64(1).key('k')),
              text("SCAddress", Wire().u32(2).u64(1).key('k')));
}

TEST(Json, SignersAreStrKeysOfTheirKind) {
    auto const signer = [](Wire const& wire) { return json("SignerKey", wire).at(1); };
    EXPECT_EQ(signer(Wire().u32(0).key('k')), 'G');
    EXPECT_EQ(signer(Wire().u32(1).key('k')), 'T');
    EXPECT_EQ(signer(Wire().u32(2).key('k')), 'X');
    EXPECT_EQ(signer(Wire().u32(3).key('k').counted("payload")), 'P');
}

TEST(Json, AssetCodesLoseTheirPaddingButNotTheirKind) {
    EXPECT_EQ(json("AssetCode4", Wire().raw("US").zeros(2)), R"("US")");
    EXPECT_EQ(json("AssetCode4", Wire().zeros(4)), R"("")");
    EXPECT_EQ(json("AssetCode12", Wire().raw("USDC").zeros(8)), R"("USDC\\0")");
    EXPECT_EQ(json("AssetCode12", Wire().raw("ABCDEFGHIJKL")), R"("ABCDEFGHIJKL")");
    EXPECT_EQ(json("AssetCode", Wire().u32(1).raw("USDC")), R"("USDC")");
    EXPECT_EQ(json("AssetCode", Wire().u32(2).raw("USDCOIN").zeros(5)), R"("USDCOIN")");
}

TEST(Json, OnlyTypesWithATextHaveOne) {
    EXPECT_THROW(text("Price", Wire().u32(1).u32(2)), base::Error);
}

}  // namespace
}  // namespace indexer::stellar::xdr
