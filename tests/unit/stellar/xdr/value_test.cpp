#include "stellar/xdr/value.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/schema.hpp"
#include "tests/support/wire.hpp"

namespace indexer::stellar::xdr {
namespace {

using test::Wire;

class ValueTest : public ::testing::Test {
  protected:
    Value decode(std::string_view type, Wire const& wire) {
        bytes_ = wire.bytes();
        return decoder_.decode(stellar_schema().type(type), bytes_);
    }

  private:
    std::string bytes_;
    Decoder decoder_;
};

// A map with one entry, {"amount": vec[i64 -1, void]}.
Wire map() {
    return Wire()
        .u32(17)
        .u32(1)
        .u32(1)
        .u32(15)
        .counted("amount")
        .u32(16)
        .u32(1)
        .u32(2)
        .u32(6)
        .u64(~0ULL)
        .u32(1);
}

TEST_F(ValueTest, FindsFieldsBehindOthersOfAnySize) {
    auto const event = decode("ContractEvent", Wire()
                                                   .u32(0)
                                                   .u32(1)
                                                   .key('c')
                                                   .u32(1)
                                                   .u32(0)
                                                   .u32(2)
                                                   .raw(map().bytes())
                                                   .u32(3)
                                                   .u32(7)
                                                   .u32(5)
                                                   .u64(9));
    EXPECT_EQ(event["type"].member(), "contract");
    EXPECT_EQ(event["contract_id"].present()->bytes(), std::string(32, 'c'));
    auto const body = *event["body"].content();
    EXPECT_EQ(body["topics"].size(), 2U);
    EXPECT_EQ(body["data"].when("u64")->natural(), 9U);
}

TEST_F(ValueTest, StepsThroughArraysOfAnything) {
    auto const value = decode("SCVal", map());
    std::vector<std::string_view> seen;
    for (auto const entry : *value.when("map")->present()) {
        seen.push_back(entry["key"].content()->bytes());
        for (auto const element : *entry["val"].content()->present()) seen.push_back(element.arm());
    }
    EXPECT_EQ(seen, (std::vector<std::string_view>{"amount", "i64", "void"}));
}

TEST_F(ValueTest, TellsArmsApart) {
    auto const value = decode("SCVal", Wire().u32(1));
    EXPECT_EQ(value.arm(), "void");
    EXPECT_EQ(value.discriminant(), 1);
    EXPECT_FALSE(value.content());
    EXPECT_FALSE(value.when("bool"));
    EXPECT_FALSE(value.when("void"));
}

TEST_F(ValueTest, ReadsIntegersAsTheyAre) {
    EXPECT_EQ(decode("SCVal", Wire().u32(4).u32(~0U)).content()->integer(), -1);
    EXPECT_EQ(decode("SCVal", Wire().u32(3).u32(~0U)).content()->integer(), 4294967295);
    EXPECT_EQ(decode("SCVal", Wire().u32(5).u64(~0ULL)).content()->natural(), ~0ULL);
    EXPECT_EQ(decode("SCVal", Wire().u32(6).u64(1ULL << 63U)).content()->integer(),
              std::numeric_limits<std::int64_t>::min());
    EXPECT_TRUE(decode("SCVal", Wire().u32(0).u32(1)).content()->flag());
    EXPECT_FALSE(decode("SCVal", Wire().u32(0).u32(0)).content()->flag());
}

TEST_F(ValueTest, KeepsTheBytesOfEachPart) {
    auto const pair = Wire().u32(3).u32(1).raw(map().bytes());
    auto const entry = decode("SCMapEntry", pair);
    EXPECT_EQ(entry.wire(), pair.bytes());
    EXPECT_EQ(entry["key"].wire(), Wire().u32(3).u32(1).bytes());
    EXPECT_EQ(entry["val"].wire(), map().bytes());
}

TEST_F(ValueTest, StringsComeWithoutPadding) {
    EXPECT_EQ(decode("SCVal", Wire().u32(14).counted("abcde")).content()->bytes(), "abcde");
    EXPECT_EQ(decode("SCVal", Wire().u32(13).counted("")).content()->bytes(), "");
    EXPECT_EQ(decode("SignatureHint", Wire().raw("hint")).bytes(), "hint");
}

TEST_F(ValueTest, ElementsOfFixedArraysAreFoundToo) {
    auto const schema_text = std::string_view("typedef string<9>[2] Names;");
    Schema const schema(std::span(&schema_text, 1));
    Decoder decoder;
    auto const bytes = Wire().counted("one").counted("other").bytes();
    auto const names = decoder.decode(schema.type("Names"), bytes);
    std::vector<std::string_view> seen;
    for (auto const name : names) seen.push_back(name.bytes());
    EXPECT_EQ(seen, (std::vector<std::string_view>{"one", "other"}));
}

TEST_F(ValueTest, AskingForWhatATypeHasNotIsOurFault) {
    auto const value = decode("SCVal", Wire().u32(3).u32(1));
    auto const number = *value.content();
    EXPECT_THROW((void)value["u32"], base::Error);
    EXPECT_THROW((void)value.integer(), base::Error);
    EXPECT_THROW((void)value.present(), base::Error);
    EXPECT_THROW((void)value.size(), base::Error);
    EXPECT_THROW((void)value.flag(), base::Error);
    EXPECT_THROW((void)value.bytes(), base::Error);
    EXPECT_THROW((void)value.member(), base::Error);
    EXPECT_THROW((void)number.arm(), base::Error);
    EXPECT_THROW((void)*value.when("map"), base::Error);
    EXPECT_THROW((void)value.when("map")->size(), base::Error);
    auto const price = decode("Price", Wire().u32(1).u32(2));
    EXPECT_THROW((void)price["numerator"], base::Error);
    EXPECT_THROW((void)price["n"].natural(), base::Error);
}

}  // namespace
}  // namespace indexer::stellar::xdr
